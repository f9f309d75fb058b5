package io.exonward.agent.linux;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits for one of a few descriptors. For one thread. // man 2 poll */
public final class Poller {
  /** No limit of time. */
  public static final int FOREVER = -1;

  private static final short POLLIN = 1;
  private static final short POLLPRI = 2;
  private static final int STRUCT_BYTES = 8;

  private final ByteBuffer entries;
  private final int count;

  /** Waits for input, or for priority events, on any of {@code numbers}. */
  public Poller(int... numbers) {
    count = numbers.length;
    entries = ByteBuffer.allocate(STRUCT_BYTES * count).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      entries.putInt(i * STRUCT_BYTES, numbers[i]);
      entries.putShort(i * STRUCT_BYTES + 4, (short) (POLLIN | POLLPRI));
    }
  }

  /**
   * Watches only for priority events on the descriptor at {@code index}. // man 5 proc_pid_mounts
   */
  public Poller priorityOnly(int index) {
    entries.putShort(index * STRUCT_BYTES + 4, POLLPRI);
    return this;
  }

  /**
   * Returns when a descriptor is ready or the time is over; a signal counts as time.
   *
   * @param timeoutMillis {@link #FOREVER} or at least 0
   */
  public void await(int timeoutMillis) {
    int ready = Libc.poll(entries.array(), count, timeoutMillis);
    if (ready < 0 && Native.getLastError() != Errno.EINTR) {
      throw new NativeException("poll", Native.getLastError());
    }
    if (ready <= 0) {
      for (int i = 0; i < count; i++) {
        entries.putShort(i * STRUCT_BYTES + 6, (short) 0);
      }
    }
  }

  /** Whether the descriptor at {@code index} was ready, or broken, after the last wait. */
  public boolean isReady(int index) {
    return entries.getShort(index * STRUCT_BYTES + 6) != 0;
  }
}
