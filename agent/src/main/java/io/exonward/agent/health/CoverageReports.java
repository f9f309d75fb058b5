package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event when what can be seen has changed, or a sensor has lost more. What changes several
 * times within a second is sent once, as it is in the end. Owned by the pipeline's thread.
 */
public final class CoverageReports {
  private static final Duration SENT_EVERY = Duration.ofSeconds(1);

  private final Supplier<Coverage> coverage;
  private final EventSink sink;
  private final InstantSource clock;
  private @Nullable Coverage sent;
  private Instant lookAt = Instant.MIN;

  public CoverageReports(Supplier<Coverage> coverage, EventSink sink, InstantSource clock) {
    this.coverage = coverage;
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Looks, at most once a second; to be called after whatever may change it. Returns when to be
   * called again if nothing else happens.
   */
  public Instant sendIfChanged() {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) {
      return lookAt;
    }
    lookAt = now.plus(SENT_EVERY);
    Coverage seen = coverage.get();
    Coverage before = sent;
    if (before == null
        || !CoverageChanges.isSame(before, seen)
        || !losses(before).equals(losses(seen))) {
      sent = seen;
      sink.accept(new ObservedEvent(seen.since(), now, new Event.CoverageChange(seen)));
    }
    return Instant.MAX;
  }

  private static List<Long> losses(Coverage coverage) {
    return coverage.sensors().stream().map(SensorStatus::losses).toList();
  }
}
