package io.exonward.agent.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential delays with full jitter. Not thread-safe. */
final class Backoff {
  private final long baseMillis;
  private final long capMillis;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration base, Duration cap, RandomGenerator random) {
    this.baseMillis = base.toMillis();
    this.capMillis = cap.toMillis();
    this.random = random;
  }

  /** How long to wait after one more failure: anything up to the limit, which doubles each time. */
  Duration next() {
    long limit = Math.min(capMillis, baseMillis << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(random.nextLong(limit + 1));
  }

  /** It worked. */
  void reset() {
    failures = 0;
  }
}
