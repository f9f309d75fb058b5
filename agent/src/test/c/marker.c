// Prints a marker, waits for as many milliseconds as the first argument says, and ends with 7.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv)
{
	long millis = argc > 1 ? atol(argv[1]) : 0;
	struct timespec wait = {millis / 1000, millis % 1000 * 1000000};

	puts("exonward-marker");
	nanosleep(&wait, 0);
	return 7;
}
