// Does one thing that the action sensor reports, or its harmless twin: act NAME [ARGUMENT...]
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_BYTES 65536 /* a multiple of every page size */

static long word = 1;

static pid_t child(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		pause();
		_exit(0);
	}
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, 0, 0);
}

static void map(int protection)
{
	printf("%p\n", mmap((void *)0x600000000000, PAGE_BYTES, protection,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

static void protect(int protection)
{
	void *memory = mmap(0, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0);

	mprotect(memory, PAGE_BYTES, protection);
	printf("%lu\n", (unsigned long)memory);
}

static void trace(int request)
{
	pid_t pid = child();
	int status;

	ptrace(request, pid, 0, 0);
	if (request == PTRACE_ATTACH)
		waitpid(pid, &status, 0);
	printf("%d\n", pid);
	end(pid);
}

static void poke(int request)
{
	pid_t pid = child();
	int status;

	ptrace(PTRACE_ATTACH, pid, 0, 0);
	waitpid(pid, &status, 0);
	ptrace(request, pid, &word, 2L);
	printf("%d %lu\n", pid, (unsigned long)&word);
	end(pid);
}

static void vm(int is_write)
{
	pid_t pid = child();
	long mine = 3;
	struct iovec local = {&mine, sizeof(mine)}, remote = {&word, sizeof(word)};

	if (is_write)
		process_vm_writev(pid, &local, 1, &remote, 1, 0);
	else
		process_vm_readv(pid, &local, 1, &remote, 1, 0);
	printf("%d %lu\n", pid, (unsigned long)&word);
	end(pid);
}

static void memory(int flags)
{
	pid_t pid = child();
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	close(open(path, flags));
	printf("%d\n", pid);
	end(pid);
}

static void uprobe(const char *path, const char *type)
{
	struct perf_event_attr attributes = {.type = atoi(type), .size = sizeof(attributes)};

	attributes.uprobe_path = (unsigned long)path;
	attributes.probe_offset = 64;
	syscall(SYS_perf_event_open, &attributes, getpid(), -1, -1, 0);
	puts("asked");
}

static void program(int command)
{
	struct bpf_insn code[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = 0},
				  {.code = BPF_JMP | BPF_EXIT}};
	union bpf_attr attributes = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
				     .insn_cnt = 2,
				     .insns = (unsigned long)code,
				     .license = (unsigned long)"GPL",
				     .prog_name = "exon_test"};
	union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4,
			      .max_entries = 1};

	syscall(SYS_bpf, command, command == BPF_PROG_LOAD ? &attributes : &map, sizeof(map));
	puts("asked");
}

static void to(const char *address, int port)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
	int is_four = inet_pton(AF_INET, address, &four.sin_addr) == 1;
	int number = socket(is_four ? AF_INET : AF_INET6, SOCK_DGRAM, 0);

	if (is_four) {
		connect(number, (void *)&four, sizeof(four));
	} else {
		inet_pton(AF_INET6, address, &six.sin6_addr);
		connect(number, (void *)&six, sizeof(six));
	}
	puts("asked");
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	const char *argument = argc > 2 ? argv[2] : "";

	if (!strcmp(name, "map"))
		map(PROT_READ | PROT_EXEC);
	if (!strcmp(name, "map-plain"))
		map(PROT_READ | PROT_WRITE);
	if (!strcmp(name, "map-often"))
		for (int i = 0; i < 1000; i++)
			map(PROT_READ | PROT_EXEC);
	if (!strcmp(name, "protect"))
		protect(PROT_READ | PROT_EXEC);
	if (!strcmp(name, "protect-plain"))
		protect(PROT_READ);
	if (!strcmp(name, "memfd"))
		printf("%d\n", memfd_create("exon-test", MFD_CLOEXEC));
	if (!strcmp(name, "attach"))
		trace(PTRACE_ATTACH);
	if (!strcmp(name, "seize"))
		trace(PTRACE_SEIZE);
	if (!strcmp(name, "poke"))
		poke(PTRACE_POKEDATA);
	if (!strcmp(name, "peek"))
		poke(PTRACE_PEEKDATA);
	if (!strcmp(name, "vm-write"))
		vm(1);
	if (!strcmp(name, "vm-read"))
		vm(0);
	if (!strcmp(name, "mem-write"))
		memory(O_RDWR);
	if (!strcmp(name, "mem-read"))
		memory(O_RDONLY);
	if (!strcmp(name, "uprobe"))
		uprobe(argv[0], argument);
	if (!strcmp(name, "bpf"))
		program(BPF_PROG_LOAD);
	if (!strcmp(name, "bpf-map"))
		program(BPF_MAP_CREATE);
	if (!strcmp(name, "setuid"))
		printf("%d\n", setresuid(atoi(argument), atoi(argument), atoi(argument)));
	if (!strcmp(name, "setgid"))
		printf("%d\n", setgid(atoi(argument)));
	if (!strcmp(name, "connect"))
		to(argument, argc > 3 ? atoi(argv[3]) : 9);
	if (!strcmp(name, "dlopen"))
		printf("%d\n", dlopen(argument, RTLD_NOW) != 0);
	if (!strcmp(name, "mount"))
		printf("%d\n", mount("exon-test", argument, "tmpfs", 0, 0));
	return 0;
}
