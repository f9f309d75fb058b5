// Runs a program as often as asked, each time with an argument of its own: marks COUNT PROGRAM PREFIX
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

int main(int argc, char **argv)
{
	char mark[256];

	if (argc != 4)
		return 2;
	for (long i = 0; i < atol(argv[1]); i++) {
		char *arguments[] = {argv[2], mark, 0};
		pid_t child;

		snprintf(mark, sizeof(mark), "%s%ld", argv[3], i);
		if (posix_spawn(&child, argv[2], 0, 0, arguments, environ))
			return 1;
		waitpid(child, 0, 0);
	}
	return 0;
}
