package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The C library's functions, names and types as in its headers. Buffers are arrays, which JNA
 * copies, where that is cheap.
 */
final class Libc {
  static final int AT_FDCWD = -100; // linux include/uapi/linux/fcntl.h

  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  static native int open(byte[] path, int flags);

  static native int close(int fd);

  static native long read(int fd, byte[] buffer, long size);

  static native long read(int fd, Pointer buffer, long size);

  static native long write(int fd, byte[] buffer, long size);

  static native long write(int fd, Pointer buffer, long size);

  static native long pread(int fd, byte[] buffer, long size, long offset);

  static native long pread(int fd, Pointer buffer, long size, long offset);

  static native long readlink(byte[] path, byte[] buffer, long size);

  static native int statx(int directory, byte[] path, int flags, int mask, byte[] buffer);

  static native int fstatfs(int fd, byte[] buffer);

  static native int fcntl(int fd, int command, int argument);

  static native int poll(byte[] descriptors, long count, int timeoutMillis);

  static native int eventfd(int initial, int flags);

  static native int memfd_create(byte[] name, int flags);

  static native long syscall(long number, long directory, byte[] path, byte[] how, long size);

  static native long syscall(
      long number, long operation, long flags, Pointer argument, long unused);

  static native int prctl(int option, long second, long third, long fourth, long fifth);

  static native int setrlimit(int resource, Pointer limits);

  static native int setgroups(long count, @Nullable Pointer groups);

  static native int setresgid(int real, int effective, int saved);

  static native int setresuid(int real, int effective, int saved);

  static native int geteuid();

  static native int getpid();

  static native int getpagesize();

  static native int setpriority(int which, int who, int priority);

  static native int posix_spawn(
      byte[] pid,
      byte[] path,
      @Nullable Pointer actions,
      @Nullable Pointer attributes,
      Pointer arguments,
      Pointer environment);

  static native int kill(int pid, int signal);

  static native int waitpid(int pid, byte[] status, int options);

  static native int clock_gettime(int clock, byte[] timespec);

  static native Pointer mmap(
      @Nullable Pointer address, long size, int protection, int flags, int fd, long offset);

  static native int munmap(Pointer address, long size);

  static native int madvise(Pointer address, long size, int advice);

  static native int socket(int domain, int type, int protocol);

  static native int bind(int fd, byte[] address, int size);

  static native int setsockopt(int fd, int level, int option, byte[] value, int size);

  static native long send(int fd, byte[] buffer, long size, int flags);

  static native long recv(int fd, byte[] buffer, long size, int flags);

  static native int fanotify_init(int flags, int eventFlags);

  static native int fanotify_mark(
      int fd, int flags, long mask, int directory, byte @Nullable [] path);

  /** A path as the kernel takes it. */
  static byte[] path(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /**
   * Throws if {@code result} says so.
   *
   * @param argument what a reader needs to tell this call from others like it
   */
  static int check(int result, String call, Object argument) {
    if (result == -1) {
      throw new NativeException(call + "(" + argument + ")", Native.getLastError());
    }
    return result;
  }
}
