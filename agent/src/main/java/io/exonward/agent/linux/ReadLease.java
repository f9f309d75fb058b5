package io.exonward.agent.linux;

import com.sun.jna.Native;

/**
 * Keeps writers out of an open file: while it is held nobody has the file open or mapped for
 * writing, and who wants to is delayed until it is given up. // man 2 fcntl, F_SETLEASE
 */
public final class ReadLease implements AutoCloseable {
  // linux include/uapi/asm-generic/fcntl.h and include/uapi/linux/fcntl.h
  private static final int F_SETSIG = 10;
  private static final int F_SETLEASE = 1024;
  private static final int F_GETLEASE = 1025;
  private static final int F_RDLCK = 0;
  private static final int F_UNLCK = 2;
  private static final int SIGURG = 23;

  private final Descriptor file;
  private boolean isTaken;

  private ReadLease(Descriptor file, boolean isTaken) {
    this.file = file;
    this.isTaken = isTaken;
  }

  /** Asks for the lease; {@link #isHeld} tells whether it was given. */
  public static ReadLease request(Descriptor file) {
    // A broken lease is announced by SIGIO, which would end us; SIGURG is ignored by default.
    Libc.check(Libc.fcntl(file.number(), F_SETSIG, SIGURG), "fcntl", "F_SETSIG");
    if (Libc.fcntl(file.number(), F_SETLEASE, F_RDLCK) == 0) {
      return new ReadLease(file, true);
    }
    int errno = Native.getLastError();
    if (errno == Errno.EAGAIN || errno == Errno.EINVAL || errno == Errno.EACCES) {
      return new ReadLease(file, false);
    }
    throw new NativeException("fcntl(F_SETLEASE)", errno);
  }

  /** Whether it is held and no writer waits for its end. */
  public boolean isHeld() {
    return isTaken && Libc.fcntl(file.number(), F_GETLEASE, 0) == F_RDLCK;
  }

  @Override
  public void close() {
    if (isTaken) {
      isTaken = false;
      Libc.check(Libc.fcntl(file.number(), F_SETLEASE, F_UNLCK), "fcntl", "F_SETLEASE F_UNLCK");
    }
  }
}
