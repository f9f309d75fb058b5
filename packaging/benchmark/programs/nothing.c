// The smallest program that can be executed: no library, it ends at once.
// gcc -O2 -static -nostdlib -nostartfiles
void _start(void) {
#if defined(__x86_64__)
  __asm__ volatile("mov $60, %eax; xor %edi, %edi; syscall");
#elif defined(__aarch64__)
  __asm__ volatile("mov x8, #93; mov x0, #0; svc #0");
#else
#error "say how this processor calls exit"
#endif
  __builtin_unreachable();
}
