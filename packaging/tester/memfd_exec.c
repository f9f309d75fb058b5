// Runs the program named first from an in-memory file (ATT&CK T1620), with the rest as its arguments.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc < 2) {
    fputs("usage: memfd_exec PROGRAM [ARGUMENT...]\n", stderr);
    return 2;
  }
  struct stat status;
  int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  int memory = memfd_create("tester", MFD_CLOEXEC);
  if (file < 0 || memory < 0 || fstat(file, &status) != 0) {
    perror("memfd_exec");
    return 1;
  }
  for (off_t done = 0; done < status.st_size;) {
    if (sendfile(memory, file, &done, status.st_size - done) <= 0) {
      perror("sendfile");
      return 1;
    }
  }
  fexecve(memory, argv + 1, environ);
  perror("fexecve");
  return 1;
}
