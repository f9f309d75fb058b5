// Runs a program in an unusual way: launch memfd|deleted|forked|thread PROGRAM [ARGUMENT...]
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int copy_to_memory(const char *program)
{
	int from = open(program, O_RDONLY);
	int to = memfd_create("exonward-test", MFD_CLOEXEC);
	struct stat status;

	fstat(from, &status);
	sendfile(to, from, 0, status.st_size);
	return to;
}

static int unlink_open(const char *program)
{
	int file = open(program, O_RDONLY | O_CLOEXEC);

	unlink(program);
	return file;
}

static void *run(void *arguments)
{
	execve(((char **)arguments)[0], arguments, environ);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	if (!strcmp(argv[1], "memfd"))
		fexecve(copy_to_memory(argv[2]), argv + 2, environ);
	if (!strcmp(argv[1], "deleted"))
		execveat(unlink_open(argv[2]), "", argv + 2, environ, AT_EMPTY_PATH);
	if (!strcmp(argv[1], "forked")) {
		int status;
		pid_t child = fork();

		if (child == 0)
			execve(argv[2], argv + 2, environ);
		waitpid(child, &status, 0);
		return WEXITSTATUS(status);
	}
	if (!strcmp(argv[1], "thread")) {
		pthread_t thread;

		pthread_create(&thread, 0, run, argv + 2);
		pthread_join(thread, 0);
	}
	return 1;
}
