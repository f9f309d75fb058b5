package io.exonward.agent.linux;

/** A system call failed; the message names the call, its argument and the errno. */
public final class NativeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int errno;

  NativeException(String call, int errno) {
    super(call + ": " + Errno.name(errno));
    this.errno = errno;
  }

  NativeException(String call, int errno, String detail) {
    super(call + ": " + Errno.name(errno) + ": " + detail);
    this.errno = errno;
  }

  /** See {@link Errno}. */
  public int errno() {
    return errno;
  }
}
