package io.exonward.agent.sensor;

import java.time.Duration;
import java.util.List;

/**
 * How long to wait before a sensor is tried again: longer each time, until it has run for long
 * enough. A sensor that breaks whenever it runs is thereby tried ever more seldom. For one thread.
 */
final class RetryPauses {
  private final List<Duration> pauses;
  private final Duration stableAfter;
  private int tries;

  /**
   * @param pauses not empty; the last is repeated
   * @param stableAfter running for so long makes the next pause the first again
   */
  RetryPauses(List<Duration> pauses, Duration stableAfter) {
    this.pauses = List.copyOf(pauses);
    this.stableAfter = stableAfter;
  }

  /** The pause after an attempt that ran for {@code ran}; zero if it did not start. */
  Duration next(Duration ran) {
    tries = ran.compareTo(stableAfter) >= 0 ? 0 : tries;
    return pauses.get(Math.min(tries++, pauses.size() - 1));
  }
}
