// storm COUNT WORKERS RUN PROGRAM: executes PROGRAM as often as COUNT says, by that many workers at the same
// time, each one execution after the other. Every execution has a marker of its own as its argument:
// "mk.RUN.NNNNNNN", counted from 0.
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

static long work(long first, long end, const char *run, char *program) {
  long failures = 0;
  char marker[96];
  char *arguments[] = {program, marker, NULL};
  char *environment[] = {"PATH=/usr/bin:/bin", NULL};
  for (long number = first; number < end; number++) {
    snprintf(marker, sizeof marker, "mk.%s.%07ld", run, number);
    pid_t child = fork();
    if (child == 0) {
      execve(program, arguments, environment);
      _exit(127);
    }
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (child < 0 || status != 0) {
      failures++;
    }
  }
  return failures;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fputs("usage: storm COUNT WORKERS RUN PROGRAM\n", stderr);
    return 2;
  }
  long count = atol(argv[1]);
  long workers = atol(argv[2]);
  long *failures = mmap(NULL, workers * sizeof *failures, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (failures == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  long long started = now_nanos();
  if (workers == 1) {
    failures[0] = work(0, count, argv[3], argv[4]);
  } else {
    for (long worker = 0; worker < workers; worker++) {
      if (fork() == 0) {
        failures[worker] = work(count * worker / workers, count * (worker + 1) / workers, argv[3], argv[4]);
        _exit(0);
      }
    }
    while (wait(NULL) > 0 || errno == EINTR) {
    }
  }
  long failed = 0;
  for (long worker = 0; worker < workers; worker++) {
    failed += failures[worker];
  }
  print_measured(started, failed);
  return 0;
}
