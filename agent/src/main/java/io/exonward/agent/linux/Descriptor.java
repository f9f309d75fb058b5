package io.exonward.agent.linux;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An open file descriptor and its one owner. Not thread-safe. */
public final class Descriptor implements AutoCloseable {
  // linux include/uapi/asm-generic/fcntl.h
  static final int O_NONBLOCK = 04000;
  static final int O_NOATIME = 01000000;
  static final int O_CLOEXEC = 02000000;
  static final int O_PATH = 010000000;
  // linux include/uapi/linux/openat2.h
  private static final int OPEN_HOW_BYTES = 24;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_CACHED = 0x20;
  // linux include/uapi/asm-generic/unistd.h and the x86 table: the same number everywhere
  private static final long SYS_OPENAT2 = 437;
  private static final int CLOSED = -1;

  private volatile int number;

  /** Becomes the owner of {@code number}. */
  Descriptor(int number) {
    this.number = number;
  }

  /**
   * Opens for reading, never as a controlling terminal's or pipe's blocking open.
   *
   * @throws NativeException if the kernel refuses
   */
  public static Descriptor openForReading(String path) {
    return open(path, O_NONBLOCK);
  }

  /** A new file in memory alone. // man 2 memfd_create */
  public static Descriptor ofMemory(String name) {
    int number = Libc.memfd_create(Libc.path(name), 1 /* MFD_CLOEXEC */);
    return new Descriptor(Libc.check(number, "memfd_create", name));
  }

  /** Names the file without opening it: neither its device nor its filesystem is asked. */
  public static Descriptor openPathOnly(String path) {
    return open(path, O_PATH);
  }

  private static Descriptor open(String path, int flags) {
    return new Descriptor(Libc.check(Libc.open(Libc.path(path), flags | O_CLOEXEC), "open", path));
  }

  /**
   * Names the file that lies at {@code path} below this directory, if the kernel has all of the way
   * in its memory: whoever answers slowly for a folder on it is not asked. Follows no symbolic
   * link.
   *
   * @param path without leading slashes it is relative to this; with them too
   * @throws NativeException EAGAIN if the way is not in memory, EINVAL before Linux 5.12
   */
  public Descriptor openCachedPathOnly(String path) {
    String relative = path.replaceFirst("^/+", "");
    byte[] how =
        ByteBuffer.allocate(OPEN_HOW_BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(O_PATH | O_CLOEXEC)
            .putLong(0)
            .putLong(RESOLVE_NO_SYMLINKS | RESOLVE_CACHED)
            .array();
    byte[] name = Libc.path(relative.isEmpty() ? "." : relative);
    long opened = Libc.syscall(SYS_OPENAT2, number(), name, how, how.length);
    return new Descriptor(Libc.check((int) opened, "openat2", path));
  }

  /**
   * Opens for reading what this names. Only for what is known to be a regular file: opening others
   * may wait, or do something.
   */
  public Descriptor reopenForReading() {
    return open(path(), O_NONBLOCK | O_NOATIME);
  }

  /** The number, valid until this is closed. */
  public int number() {
    if (number == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return number;
  }

  /** Reads what comes next, up to a full buffer; 0 at the end. */
  public int read(byte[] buffer) {
    while (true) {
      long bytes = Libc.read(number(), buffer, buffer.length);
      if (bytes >= 0) {
        return (int) bytes;
      }
      int errno = Native.getLastError();
      if (errno != Errno.EINTR && errno != Errno.EAGAIN) {
        throw new NativeException("read", errno);
      }
    }
  }

  /** Reads up to a full buffer from {@code offset}; 0 at the end of the file. */
  public int readAt(byte[] buffer, long offset) {
    while (true) {
      long bytes = Libc.pread(number(), buffer, buffer.length, offset);
      if (bytes >= 0) {
        return (int) bytes;
      }
      int errno = Native.getLastError();
      if (errno != Errno.EINTR) {
        throw new NativeException("pread(" + path() + ")", errno);
      }
    }
  }

  /** Status of the open file. */
  public FileStatus status() {
    return FileStatus.of(this);
  }

  /** Superblock magic. // man 2 fstatfs */
  public int filesystemMagic() {
    byte[] buffer = new byte[256];
    Libc.check(Libc.fstatfs(number(), buffer), "fstatfs", number());
    return (int) ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder()).getLong();
  }

  /** What the kernel calls the open file now: untrusted text. */
  public String target() {
    return readLink(path());
  }

  /** A path by which the open file can be named again, valid until this is closed. */
  public String path() {
    return "/proc/self/fd/" + number();
  }

  /** Target of a symbolic link: untrusted text. */
  public static String readLink(String path) {
    return new String(readLinkBytes(path), StandardCharsets.UTF_8);
  }

  /** Target of a symbolic link, up to 4096 bytes. */
  public static byte[] readLinkBytes(String path) {
    byte[] buffer = new byte[4096];
    long bytes = Libc.readlink(Libc.path(path), buffer, buffer.length);
    Libc.check((int) bytes, "readlink", path);
    return java.util.Arrays.copyOf(buffer, (int) bytes);
  }

  @Override
  public void close() {
    int closing = number;
    number = CLOSED;
    if (closing != CLOSED) {
      Libc.check(Libc.close(closing), "close", closing);
    }
  }
}
