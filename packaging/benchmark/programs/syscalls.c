// syscalls COUNT: nothing but the cheapest system call there is, which no real program does: the upper limit of what
// a sensor on the entry of system calls can cost.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "measure.h"

int main(int argc, char **argv) {
  if (argc != 2) {
    fputs("usage: syscalls COUNT\n", stderr);
    return 2;
  }
  long long started = now_nanos();
  for (long i = atol(argv[1]); i > 0; i--) {
    syscall(SYS_getppid);
  }
  print_measured(started, 0);
  return 0;
}
