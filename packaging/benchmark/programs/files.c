// files PASSES FOLDER TRANSFERS: a load of system calls as a backup, a search or a web server makes them. Walks the
// folder PASSES times; of each file: its status, open, read all of it, close. Then passes TRANSFERS blocks of 4 KiB
// through a pipe to a second process, which answers each with one byte.
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

static long failures;
static char block[4096];

static int visit(const char *path, const struct stat *status, int kind, struct FTW *where) {
  (void)status;
  (void)where;
  if (kind != FTW_F) {
    return 0;
  }
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = -1;
  while (file >= 0 && (got = read(file, block, sizeof block)) > 0) {
  }
  failures += file < 0 || got < 0 || close(file) != 0;
  return 0;
}

static ssize_t read_whole_block(int from) {
  size_t done = 0;
  ssize_t got;
  while (done < sizeof block && (got = read(from, block + done, sizeof block - done)) > 0) {
    done += got;
  }
  return done;
}

static void transfer(long transfers) {
  int there[2], back[2];
  if (pipe(there) != 0 || pipe(back) != 0) {
    failures++;
    return;
  }
  if (fork() == 0) {
    close(there[1]);
    while (read_whole_block(there[0]) == sizeof block) {
      if (write(back[1], block, 1) != 1) {
        _exit(1);
      }
    }
    _exit(0);
  }
  char answer;
  for (long i = 0; i < transfers; i++) {
    failures += write(there[1], block, sizeof block) != sizeof block || read(back[0], &answer, 1) != 1;
  }
  close(there[1]);
  wait(NULL);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fputs("usage: files PASSES FOLDER TRANSFERS\n", stderr);
    return 2;
  }
  long long started = now_nanos();
  for (long pass = atol(argv[1]); pass > 0; pass--) {
    failures += nftw(argv[2], visit, 16, FTW_PHYS) != 0;
  }
  transfer(atol(argv[3]));
  print_measured(started, failures);
  return 0;
}
