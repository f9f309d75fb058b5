package io.exonward.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A fanotify group with a limited queue. Marks may be set by any thread, and several may read, each
 * with a {@link Batch} of its own. // man 7 fanotify
 */
public final class Fanotify implements AutoCloseable {
  // linux include/uapi/linux/fanotify.h
  public static final long OPEN_EXEC = 0x1000;
  public static final long OPEN_PERM = 0x10000;
  public static final long OPEN_EXEC_PERM = 0x40000;
  public static final long CLOSE_WRITE = 0x8;
  private static final long Q_OVERFLOW = 0x4000;
  private static final long PERMISSION = OPEN_PERM | OPEN_EXEC_PERM;
  private static final int FAN_ALLOW = 1;
  private static final int FAN_CLOEXEC = 1;
  private static final int FAN_NONBLOCK = 2;
  private static final int FAN_MARK_ADD = 1;
  private static final int FAN_MARK_REMOVE = 2;
  private static final int FAN_MARK_IGNORED_MASK = 0x20;
  private static final int FAN_MARK_FLUSH = 0x80;
  private static final int FAN_MARK_FILESYSTEM = 0x100;
  private static final int FAN_MARK_EVICTABLE = 0x200;
  private static final int METADATA_BYTES = 24; // struct fanotify_event_metadata
  private static final int METADATA_VERSION = 3;
  private static final int RESPONSE_BYTES = 8; // struct fanotify_response

  private final Descriptor group;
  private volatile boolean isClosed;

  /** What a group may do. */
  public enum Kind {
    /** It is told. */
    NOTIFICATION(0),
    /** It is asked, with the file's content in place: whoever asks waits for the answer. */
    CONTENT(4);

    private final int flag;

    Kind(int flag) {
      this.flag = flag;
    }
  }

  /**
   * Makes a group without marks.
   *
   * @throws NativeException if the kernel refuses
   */
  public Fanotify(Kind kind) {
    int eventFlags = Descriptor.O_CLOEXEC | Descriptor.O_NOATIME | Descriptor.O_NONBLOCK;
    int number = Libc.fanotify_init(FAN_CLOEXEC | FAN_NONBLOCK | kind.flag, eventFlags);
    group = new Descriptor(Libc.check(number, "fanotify_init", kind));
  }

  /** Takes events. */
  public interface Reader {
    /**
     * Takes one event, answered already if it was a question, and with it the ownership of the
     * descriptor.
     *
     * @param pid of the process that caused it
     */
    void accept(long mask, Descriptor file, int pid);

    /** The queue was full: events are missing, and what they asked was allowed. */
    void overflowed();
  }

  /** Memory that events are read into. For one thread. */
  public static final class Batch {
    // The kernel opens a descriptor for each event read: few at a time keep the table small.
    private static final int SIZE_BYTES = 64 * METADATA_BYTES;

    private final Memory memory = new Memory(SIZE_BYTES);
    private final ByteBuffer events =
        memory.getByteBuffer(0, SIZE_BYTES).order(ByteOrder.nativeOrder());
    private final Memory response = new Memory(RESPONSE_BYTES);
    private final ByteBuffer answer =
        response.getByteBuffer(0, RESPONSE_BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Descriptor to wait for.
   *
   * @throws NativeException EBADF if the group was closed: others may come late
   */
  public int number() {
    if (isClosed) {
      throw new NativeException("fanotify", Errno.EBADF);
    }
    return group.number();
  }

  /**
   * Asks for events on every file of the filesystem that {@code file} lies on.
   *
   * @throws NativeException if the kernel refuses
   */
  public void markFilesystem(Descriptor file, long mask) {
    // The path, not the number: that of an O_PATH descriptor is refused on older kernels.
    markFilesystem(file.path(), mask);
  }

  /** The same, of the file at {@code path}. */
  public void markFilesystem(String path, long mask) {
    int flags = FAN_MARK_ADD | FAN_MARK_FILESYSTEM;
    int result = Libc.fanotify_mark(number(), flags, mask, Libc.AT_FDCWD, Libc.path(path));
    Libc.check(result, "fanotify_mark", path);
  }

  /** Asks for events on one file. */
  public void markFile(Descriptor file, long mask) {
    mark(FAN_MARK_ADD, mask, file);
  }

  /**
   * Wants no more of these events on an open file until it is modified, or its inode leaves the
   * kernel's memory. What is written through a mapping is no modification here.
   *
   * @throws NativeException if the kernel refuses
   */
  public void ignore(Descriptor file, long mask) {
    try {
      mark(FAN_MARK_ADD | FAN_MARK_IGNORED_MASK | FAN_MARK_EVICTABLE, mask, file);
    } catch (NativeException e) {
      if (e.errno() != Errno.EINVAL) {
        throw e;
      }
      mark(FAN_MARK_ADD | FAN_MARK_IGNORED_MASK, mask, file); // before Linux 5.19
    }
  }

  /**
   * Takes back {@link #ignore}.
   *
   * @throws NativeException ENOENT if there is nothing to take back
   */
  public void unignore(Descriptor file, long mask) {
    mark(FAN_MARK_REMOVE | FAN_MARK_IGNORED_MASK, mask, file);
  }

  /** Takes back every mark on a single file. */
  public void unmarkFiles() {
    int result = Libc.fanotify_mark(number(), FAN_MARK_FLUSH, 0, Libc.AT_FDCWD, null);
    Libc.check(result, "fanotify_mark", "FAN_MARK_FLUSH");
  }

  private void mark(int flags, long mask, Descriptor file) {
    int result = Libc.fanotify_mark(number(), flags, mask, file.number(), null);
    Libc.check(result, "fanotify_mark", file.number());
  }

  /**
   * Allows what is asked for in the queue, at most one buffer full, and then hands it on.
   *
   * @return events read; 0 if there were none
   */
  public int read(Batch batch, Reader reader) {
    long bytes = Libc.read(number(), batch.memory, Batch.SIZE_BYTES);
    if (bytes < 0) {
      int errno = Native.getLastError();
      if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
        return 0;
      }
      throw new NativeException("read(fanotify)", errno);
    }
    allow(batch, (int) bytes);
    int count = 0;
    for (int at = 0; at + METADATA_BYTES <= bytes; at += batch.events.getInt(at)) {
      count++;
      hand(batch.events, at, reader);
    }
    return count;
  }

  /** Whoever waits goes on before anything else is done. */
  private void allow(Batch batch, int bytes) {
    ByteBuffer events = batch.events;
    for (int at = 0; at + METADATA_BYTES <= bytes; at += events.getInt(at)) {
      if (events.get(at + 4) != METADATA_VERSION) {
        throw new IllegalStateException("fanotify speaks version " + events.get(at + 4));
      }
      int number = events.getInt(at + 16);
      if ((events.getLong(at + 8) & PERMISSION) != 0 && number >= 0) {
        batch.answer.putInt(0, number).putInt(4, FAN_ALLOW);
        // ENOENT: it was killed meanwhile and waits no more.
        if (Libc.write(number(), batch.response, RESPONSE_BYTES) < 0
            && Native.getLastError() != Errno.ENOENT) {
          throw new NativeException("write(fanotify)", Native.getLastError());
        }
      }
    }
  }

  private static void hand(ByteBuffer events, int at, Reader reader) {
    long mask = events.getLong(at + 8);
    int number = events.getInt(at + 16);
    if ((mask & Q_OVERFLOW) != 0) {
      reader.overflowed();
    } else if (number >= 0) {
      reader.accept(mask, new Descriptor(number), events.getInt(at + 20));
    }
  }

  /** Ends the group: who waits for an answer is allowed at once. */
  @Override
  public void close() {
    isClosed = true;
    group.close();
  }
}
