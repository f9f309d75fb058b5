package io.exonward.agent.linux;

import com.sun.jna.StringArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A program started without the JDK's helper program in between: one execution and no more. It has
 * an empty environment. Not thread-safe.
 */
public final class ChildProgram {
  private static final int SIGKILL = 9;
  private static final int WNOHANG = 1; // linux include/uapi/linux/wait.h

  private final int pid;
  private boolean isReaped;

  private ChildProgram(int pid) {
    this.pid = pid;
  }

  /**
   * Returns when the program has replaced the child's memory, which takes as long as whoever
   * decides on executions.
   *
   * @param arguments without the program's own name
   * @throws NativeException if it cannot be started
   */
  public static ChildProgram start(String path, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = path;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    byte[] pid = new byte[Integer.BYTES];
    try (StringArray argv = new StringArray(words);
        StringArray environment = new StringArray(new String[0])) {
      int errno = Libc.posix_spawn(pid, Libc.path(path), null, null, argv, environment);
      if (errno != 0) {
        throw new NativeException("posix_spawn(" + path + ")", errno);
      }
    }
    return new ChildProgram(ByteBuffer.wrap(pid).order(ByteOrder.nativeOrder()).getInt());
  }

  /** Its id in our own pid namespace, given to no other process before {@link #reap} is true. */
  public int pid() {
    return pid;
  }

  /** Ends it, if it has not ended. */
  public void kill() {
    if (!isReaped) {
      Libc.kill(pid, SIGKILL); // fails only if it has ended
    }
  }

  /** Gives its id back if it has ended; whether that is done. Does not wait. */
  public boolean reap() {
    isReaped = isReaped || Libc.waitpid(pid, new byte[Integer.BYTES], WNOHANG) != 0;
    return isReaped;
  }
}
