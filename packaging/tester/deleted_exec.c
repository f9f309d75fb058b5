// Executes a program whose last name it has just removed (ATT&CK T1070.004): give it a copy to destroy.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc < 2) {
    fputs("usage: deleted_exec COPY [ARGUMENT...]\n", stderr);
    return 2;
  }
  int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  if (file < 0 || unlink(argv[1]) != 0) {
    perror("deleted_exec");
    return 1;
  }
  fexecve(file, argv + 1, environ);
  perror("fexecve");
  return 1;
}
