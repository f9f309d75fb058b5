package io.exonward.agent.health;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the agent's own use of the processor below a limit by saying how much detail is to be shed:
 * never events. The use is averaged with a weight that falls by the factor e in ten seconds; while
 * the average is over the limit the level rises by one every three seconds, and falls by one when
 * it was below seven tenths of the limit for ten. It measures when it is asked to {@link #look} and
 * needs no timer. Thread-safe.
 */
public final class CpuGovernor implements IntSupplier {
  /** The most that is shed. */
  public static final int MAX_LEVEL = 2;

  private static final double AVERAGED_SECONDS = 10;
  private static final double LOWERED_BELOW = 0.7;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration RAISED_EVERY = Duration.ofSeconds(3);
  private static final Duration LOWERED_EVERY = Duration.ofSeconds(10);

  /** Starting a virtual machine costs more than a second of processor time, once. */
  private static final Duration SPARED_AT_START = Duration.ofSeconds(20);

  private final int maxPercent;
  private final LongSupplier cpuNanos;
  private final InstantSource clock;
  private final Instant judgedFrom;

  @GuardedBy("this")
  private long usedNanos;

  @GuardedBy("this")
  private Instant lookedAt;

  @GuardedBy("this")
  private double average;

  @GuardedBy("this")
  private @Nullable Instant belowSince;

  /** Written under the lock, read by anyone. */
  private volatile Shedding shedding;

  @GuardedBy("this")
  private long raised;

  /**
   * What is shed now.
   *
   * @param level 0: nothing; 1: details of repeated executions; 2: also arguments and working
   *     directories, which the kernel then leaves out
   * @param since when it became so; the start of time if it was never otherwise
   */
  public record Shedding(int level, Instant since) {}

  /**
   * The agent's use of the processor.
   *
   * @param maxPercent of one processor
   * @param averagePercent of one processor, of the last seconds
   * @param raised how often detail was given up since the start
   */
  public record Usage(int maxPercent, double averagePercent, int level, long raised) {}

  /**
   * @param maxPercent of one processor
   * @param cpuNanos processor time that this process has used; must not fall
   */
  public CpuGovernor(int maxPercent, LongSupplier cpuNanos, InstantSource clock) {
    this.maxPercent = maxPercent;
    this.cpuNanos = cpuNanos;
    this.clock = clock;
    lookedAt = clock.instant();
    judgedFrom = lookedAt.plus(SPARED_AT_START);
    usedNanos = cpuNanos.getAsLong();
    shedding = new Shedding(0, Instant.MIN);
  }

  /** Measures, at most once a second; to be called while there is work, and by whoever asks. */
  public void look() {
    Instant now = clock.instant();
    synchronized (this) {
      Duration passed = Duration.between(lookedAt, now);
      if (!passed.isNegative() && passed.compareTo(LOOK_EVERY) < 0) {
        return;
      }
    }
    long used = cpuNanos.getAsLong();
    synchronized (this) {
      Duration passed = Duration.between(lookedAt, now);
      Instant before = lookedAt;
      long spent = used - usedNanos;
      lookedAt = now;
      usedNanos = used;
      if (passed.isPositive() && !before.isBefore(judgedFrom)) {
        judge(before, now, 100.0 * spent / passed.toNanos());
      }
    }
  }

  @GuardedBy("this")
  private void judge(Instant before, Instant now, double percent) {
    double seconds = Duration.between(before, now).toNanos() / 1e9;
    average += (percent - average) * (1 - Math.exp(-seconds / AVERAGED_SECONDS));
    int level = shedding.level;
    if (average > maxPercent) {
      belowSince = null;
      boolean isTime = level == 0 || !now.isBefore(shedding.since.plus(RAISED_EVERY));
      if (level < MAX_LEVEL && isTime) {
        shedding = new Shedding(level + 1, now);
        raised++;
      }
    } else if (average >= LOWERED_BELOW * maxPercent) {
      belowSince = null;
    } else {
      belowSince = belowSince == null ? before : belowSince;
      long steps = Duration.between(belowSince, now).dividedBy(LOWERED_EVERY);
      if (steps > 0 && level > 0) {
        shedding = new Shedding((int) Math.max(0, level - steps), now);
        belowSince = now;
      }
    }
  }

  /** The level of {@link #shedding}, cheaply enough for every event. */
  @Override
  public int getAsInt() {
    return shedding.level;
  }

  /** What is shed now. */
  public Shedding shedding() {
    return shedding;
  }

  /** The use of the processor as last measured. */
  public synchronized Usage usage() {
    return new Usage(maxPercent, average, shedding.level, raised);
  }
}
