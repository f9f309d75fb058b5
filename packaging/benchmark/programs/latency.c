// latency COUNT RUN PROGRAM: how long it takes from posix_spawn until the program has ended, one after the other.
// Prints nanoseconds: mean, p50, p99, p99.9, longest; then how many failed. Markers as in storm.c.
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "measure.h"

enum { WARM_UP = 50 };

static int compare(const void *left, const void *right) {
  long long a = *(const long long *)left, b = *(const long long *)right;
  return (a > b) - (a < b);
}

static long long spawn_once(char *program, char *marker, long *failures) {
  char *arguments[] = {program, marker, NULL};
  char *environment[] = {NULL};
  pid_t child;
  int status = 0;
  long long started = now_nanos();
  int error = posix_spawn(&child, program, NULL, NULL, arguments, environment);
  while (error == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  *failures += error != 0 || status != 0;
  return now_nanos() - started;
}

int main(int argc, char **argv) {
  if (argc != 4 || atol(argv[1]) < 1) {
    fputs("usage: latency COUNT RUN PROGRAM\n", stderr);
    return 2;
  }
  long count = atol(argv[1]);
  long long *took = malloc(count * sizeof *took);
  if (took == NULL) {
    perror("malloc");
    return 1;
  }
  long failures = 0;
  for (int i = 0; i < WARM_UP; i++) {
    spawn_once(argv[3], "warm-up", &failures);
  }
  double sum = 0;
  for (long number = 0; number < count; number++) {
    char marker[96];
    snprintf(marker, sizeof marker, "mk.%s.%07ld", argv[2], number);
    took[number] = spawn_once(argv[3], marker, &failures);
    sum += took[number];
  }
  qsort(took, count, sizeof *took, compare);
  printf("%.0f %lld %lld %lld %lld %ld\n", sum / count, took[count / 2], took[count * 99 / 100], took[count * 999 / 1000],
         took[count - 1], failures);
  return 0;
}
