// Prints its first argument, or a marker. The tests append bytes to copies of it to get new code objects.
#include <stdio.h>

int main(int argc, char **argv) {
  puts(argc > 1 ? argv[1] : "exonward-marker");
  return 0;
}
