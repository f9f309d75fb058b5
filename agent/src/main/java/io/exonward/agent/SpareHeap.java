package io.exonward.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives heap that is not needed back to the kernel. Start-up and bursts leave several times of what
 * the agent then needs (measured: 44 MiB of which 8 are alive), which would stay resident for as
 * long as little is allocated, because only a collection shrinks the heap. One takes about 40 ms,
 * so that it is done at most once a minute, and not again before there was work. For one thread.
 */
final class SpareHeap {
  private static final Duration FIRST_AFTER = Duration.ofSeconds(5);
  private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Runnable collector;
  private Instant due;
  private boolean isUsed = true;

  /**
   * @param collector collects garbage and shrinks the heap
   */
  SpareHeap(InstantSource clock, Runnable collector) {
    this.clock = clock;
    this.collector = collector;
    due = clock.instant().plus(FIRST_AFTER);
  }

  /** There was work, which may have left garbage. */
  void used() {
    isUsed = true;
  }

  /** To be called often. */
  void giveBackIfDue() {
    Instant now = clock.instant();
    if (isUsed && !now.isBefore(due)) {
      isUsed = false;
      due = now.plus(AT_MOST_EVERY);
      collector.run();
    }
  }
}
