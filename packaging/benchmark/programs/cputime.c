// cputime PID...: processor time in nanoseconds that these processes used, ended threads included, in one sum.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
  long long sum = 0;
  for (int i = 1; i < argc; i++) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(atoi(argv[i]), &clock) != 0 || clock_gettime(clock, &used) != 0) {
      fprintf(stderr, "cputime: no process %s\n", argv[i]);
      return 1;
    }
    sum += used.tv_sec * 1000000000LL + used.tv_nsec;
  }
  printf("%lld\n", sum);
  return 0;
}
