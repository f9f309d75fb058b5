package io.exonward.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Facts about the running kernel and this process. */
public final class Kernel {
  private static final int CLOCK_MONOTONIC = 1; // linux include/uapi/linux/time.h
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int PRIO_PROCESS = 0; // linux include/uapi/linux/resource.h
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Kernel() {}

  /** Bytes in a page of memory: 4, 16 or 64 KiB. */
  public static int pageBytes() {
    return Libc.getpagesize();
  }

  /** Our own process id, in our own pid namespace. */
  public static int ownPid() {
    return Libc.getpid();
  }

  /**
   * Has the calling thread run before others that want to. Needs CAP_SYS_NICE; without that nothing
   * changes.
   *
   * @param nice as in setpriority(2), from -20 to 19
   */
  public static void setNice(int nice) {
    Libc.setpriority(PRIO_PROCESS, 0, nice); // Linux takes this for a thread: man 2 setpriority
  }

  /** Nanoseconds since boot, with the time that the machine slept. */
  public static long bootNanos() {
    return clock(CLOCK_BOOTTIME);
  }

  /** Nanoseconds since boot, without the time that the machine slept. */
  public static long monotonicNanos() {
    return clock(CLOCK_MONOTONIC);
  }

  /** Processor time of all our threads so far, in nanoseconds. */
  public static long processCpuNanos() {
    return clock(CLOCK_PROCESS_CPUTIME_ID);
  }

  /** The device of the kernel's own mount that every memfd lies on. // man 2 memfd_create */
  public static FileStatus memfdStatus() {
    try (Descriptor memfd = Descriptor.ofMemory("exonward-device")) {
      return memfd.status();
    }
  }

  private static long clock(int clock) {
    byte[] timespec = new byte[16];
    Libc.check(Libc.clock_gettime(clock, timespec), "clock_gettime", clock);
    ByteBuffer words = ByteBuffer.wrap(timespec).order(ByteOrder.nativeOrder());
    return words.getLong(0) * NANOS_PER_SECOND + words.getLong(8);
  }
}
