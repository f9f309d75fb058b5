package io.exonward.common.process;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One running program, the same whichever sensor saw it.
 *
 * @param bootId the kernel's boot id // man 4 random, /proc/sys/kernel/random/boot_id
 * @param pid process id in the initial pid namespace, above 0
 * @param startTicks start time in 1/100 s since boot // man 5 proc_pid_stat, field 22
 */
public record ProcessId(UUID bootId, int pid, long startTicks) {
  /** Nanoseconds in one tick of {@link #startTicks}: USER_HZ is 100 on every architecture. */
  public static final long TICK_NANOS = 10_000_000;

  public ProcessId {
    if (pid <= 0 || startTicks < 0) {
      throw new IllegalArgumentException("no process has pid " + pid + ", start " + startTicks);
    }
  }

  /** The same from a start time in nanoseconds since boot. */
  public static ProcessId ofNanos(UUID bootId, int pid, long startNanos) {
    return new ProcessId(bootId, pid, startNanos / TICK_NANOS);
  }

  // Written out: what the compiler generates for records is slow until it is optimized, and these
  // are the keys of every event.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ProcessId that
            && pid == that.pid
            && startTicks == that.startTicks
            && bootId.equals(that.bootId));
  }

  @Override
  public int hashCode() {
    return pid * 31 + Long.hashCode(startTicks);
  }

  /** {@code boot-id/pid/start-ticks}. */
  @Override
  public String toString() {
    return bootId + "/" + pid + "/" + startTicks;
  }
}
