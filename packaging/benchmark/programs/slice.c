// slice NANOSECONDS COMMAND...: runs a command with a short time slice (Linux >= 6.12; without effect before), which its
// children inherit: whoever else uses the machine then disturbs what is measured less.
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// man 2 sched_setattr
struct attributes {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

int main(int argc, char **argv) {
  if (argc < 3) {
    fputs("usage: slice NANOSECONDS COMMAND...\n", stderr);
    return 2;
  }
  struct attributes attributes = {.size = sizeof attributes, .runtime = strtoull(argv[1], NULL, 10)};
  if (syscall(SYS_sched_setattr, 0, &attributes, 0) != 0) {
    perror("slice: sched_setattr");
  }
  execvp(argv[2], argv + 2);
  perror(argv[2]);
  return 127;
}
