// Runs the program named second as often as the first argument says, one after the other, with the number of
// the run as its argument; the third argument is a pause between runs in microseconds.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 4) {
    fputs("usage: burst COUNT PROGRAM PAUSE_MICROSECONDS\n", stderr);
    return 2;
  }
  int count = atoi(argv[1]);
  int pause = atoi(argv[3]);
  for (int run = 1; run <= count; run++) {
    char number[16];
    snprintf(number, sizeof number, "%d", run);
    pid_t child = fork();
    if (child == 0) {
      freopen("/dev/null", "w", stdout);
      execl(argv[2], argv[2], number, (char *)0);
      _exit(127);
    }
    if (child < 0) {
      perror("fork");
      return 1;
    }
    waitpid(child, 0, 0);
    if (pause > 0) {
      usleep(pause);
    }
  }
  printf("%d\n", count);
  return 0;
}
