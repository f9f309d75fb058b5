package io.exonward.agent.sensor;

import io.exonward.agent.linux.Kernel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Turns the kernel's time since boot into time of day. For one thread. */
public final class BootClock {
  private final Clock clock;
  private Instant boot;

  /** Aligned now. */
  public BootClock(Clock clock) {
    this.clock = clock;
    boot = readBoot();
  }

  /** Follows steps of the time of day; call it now and then, as with each batch of events. */
  public void align() {
    boot = readBoot();
  }

  /** Time of day at {@code nanos} since boot, sleep included. */
  public Instant at(long nanos) {
    return boot.plusNanos(nanos);
  }

  private Instant readBoot() {
    return clock.instant().minus(Duration.ofNanos(Kernel.bootNanos()));
  }
}
