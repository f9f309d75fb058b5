// What every workload prints at its end, as one line: wall, user and system time in nanoseconds, with those of
// the children, and how many of its operations failed.
#ifndef MEASURE_H
#define MEASURE_H
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

static inline long long now_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline long long nanos(struct timeval time) { return time.tv_sec * 1000000000LL + time.tv_usec * 1000LL; }

static inline void print_measured(long long started, long failures) {
  long long wall = now_nanos() - started;
  struct rusage self, children;
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  printf("%lld %lld %lld %ld\n", wall, nanos(self.ru_utime) + nanos(children.ru_utime),
         nanos(self.ru_stime) + nanos(children.ru_stime), failures);
}
#endif
