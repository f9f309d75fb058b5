package io.exonward.server.identity;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing: after a number of failures under one key, the next attempt is refused for a time
 * that doubles with every further failure, up to 15 minutes. Failures are forgotten after an hour.
 * Remembers 10,000 keys; the one that failed longest ago is forgotten first. Thread-safe.
 */
final class Throttle {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration MEMORY = Duration.ofHours(1);
  private static final int MAX_KEYS = 10_000;
  private static final int MAX_DOUBLINGS = 10;

  private record Failures(int count, Instant last) {}

  private final Clock clock;
  private final int free;

  @GuardedBy("this")
  private final LinkedHashMap<String, Failures> byKey =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /**
   * @param free failures that cost nothing
   */
  Throttle(Clock clock, int free) {
    this.clock = clock;
    this.free = free;
  }

  /** How long the key has to wait; zero: go on. */
  synchronized Duration delay(String key) {
    Failures failures = byKey.get(key);
    if (failures == null || failures.count() < free) {
      return Duration.ZERO;
    }
    Instant now = clock.instant();
    Instant open = failures.last().plus(pause(failures.count()));
    return open.isAfter(now) ? Duration.between(now, open) : Duration.ZERO;
  }

  synchronized void failed(String key) {
    Instant now = clock.instant();
    Failures before = byKey.remove(key);
    int count = before == null || before.last().plus(MEMORY).isBefore(now) ? 0 : before.count();
    byKey.put(key, new Failures(count + 1, now));
  }

  synchronized void succeeded(String key) {
    byKey.remove(key);
  }

  private Duration pause(int count) {
    Duration pause = Duration.ofSeconds(1L << Math.min(count - free, MAX_DOUBLINGS));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
