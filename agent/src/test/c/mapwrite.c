// Changes the last byte of a file through a shared mapping, which no write(2) announces.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct stat status;
	int file = open(argv[argc - 1], O_RDWR);
	unsigned char *content;

	fstat(file, &status);
	content = mmap(0, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (content == MAP_FAILED)
		return 1;
	content[status.st_size - 1]++;
	munmap(content, status.st_size);
	return close(file);
}
