// A shared library with nothing in it.
int exonward_test;
