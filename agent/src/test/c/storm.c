// Runs a program as often as asked, one after the other: storm COUNT PROGRAM
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	for (long i = atol(argv[1]); i > 0; i--) {
		pid_t child;

		if (posix_spawn(&child, argv[2], 0, 0, argv + 2, environ))
			return 1;
		waitpid(child, 0, 0);
	}
	return 0;
}
