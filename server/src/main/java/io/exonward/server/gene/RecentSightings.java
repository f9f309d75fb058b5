package io.exonward.server.gene;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What hosts reported in the last minutes, so that the database is not asked each time. Bounded:
 * when full, all is forgotten. Thread-safe.
 */
final class RecentSightings {
  private static final int CAPACITY = 100_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Clock clock;

  @GuardedBy("this")
  private final Set<Key> seen = new HashSet<>();

  @GuardedBy("this")
  private Instant since;

  private record Key(UUID host, Sighting sighting) {}

  RecentSightings(Clock clock) {
    this.clock = clock;
    since = clock.instant();
  }

  synchronized boolean contains(UUID host, Sighting sighting) {
    Instant now = clock.instant();
    if (seen.size() >= CAPACITY || Duration.between(since, now).compareTo(KEPT) >= 0) {
      seen.clear();
      since = now;
    }
    return seen.contains(new Key(host, sighting));
  }

  synchronized void add(UUID host, Sighting sighting) {
    seen.add(new Key(host, sighting));
  }
}
