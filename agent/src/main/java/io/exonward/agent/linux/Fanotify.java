package io.exonward.agent.linux;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A fanotify group of the notification class with a limited queue. For one thread; marks may be
 * added by any. // man 7 fanotify
 */
public final class Fanotify implements AutoCloseable {
  // linux include/uapi/linux/fanotify.h
  public static final long OPEN_EXEC = 0x1000;
  public static final long CLOSE_WRITE = 0x8;
  public static final long Q_OVERFLOW = 0x4000;
  private static final int FAN_CLOEXEC = 1;
  private static final int FAN_NONBLOCK = 2;
  private static final int FAN_MARK_ADD = 1;
  private static final int FAN_MARK_FILESYSTEM = 0x100;
  private static final int METADATA_BYTES = 24; // struct fanotify_event_metadata
  private static final int METADATA_VERSION = 3;
  // The kernel opens a descriptor for each event read: few at a time keep the table small.
  private static final int BUFFER_BYTES = 64 * METADATA_BYTES;

  private final Descriptor group;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());

  /**
   * Makes a group without marks.
   *
   * @throws NativeException if the kernel refuses
   */
  public Fanotify() {
    int eventFlags = Descriptor.O_CLOEXEC | Descriptor.O_NOATIME | Descriptor.O_NONBLOCK;
    int number = Libc.fanotify_init(FAN_CLOEXEC | FAN_NONBLOCK, eventFlags);
    group = new Descriptor(Libc.check(number, "fanotify_init", "FAN_CLASS_NOTIF"));
  }

  /** Takes events. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes one event and with it the ownership of the descriptor.
     *
     * @param pid of the process that caused it
     */
    void accept(long mask, Descriptor file, int pid);
  }

  /** Descriptor to wait for. */
  public int number() {
    return group.number();
  }

  /**
   * Asks for events on every file of the filesystem that {@code path} lies on.
   *
   * @throws NativeException if the kernel refuses
   */
  public void markFilesystem(String path, long mask) {
    int flags = FAN_MARK_ADD | FAN_MARK_FILESYSTEM;
    int result = Libc.fanotify_mark(number(), flags, mask, Libc.AT_FDCWD, Libc.path(path));
    Libc.check(result, "fanotify_mark", path);
  }

  /**
   * Hands on what is queued, at most one buffer full.
   *
   * @return how often the queue was found to have been full
   */
  public int read(Reader reader) {
    long bytes = Libc.read(number(), buffer.array(), BUFFER_BYTES);
    if (bytes < 0) {
      int errno = Native.getLastError();
      if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
        return 0;
      }
      throw new NativeException("read(fanotify)", errno);
    }
    int overflows = 0;
    for (int at = 0; at + METADATA_BYTES <= bytes; at += buffer.getInt(at)) {
      if (buffer.get(at + 4) != METADATA_VERSION) {
        throw new IllegalStateException("fanotify speaks version " + buffer.get(at + 4));
      }
      overflows += hand(at, reader);
    }
    return overflows;
  }

  private int hand(int at, Reader reader) {
    long mask = buffer.getLong(at + 8);
    int number = buffer.getInt(at + 16);
    if ((mask & Q_OVERFLOW) != 0) {
      return 1;
    }
    if (number >= 0) {
      reader.accept(mask, new Descriptor(number), buffer.getInt(at + 20));
    }
    return 0;
  }

  @Override
  public void close() {
    group.close();
  }
}
