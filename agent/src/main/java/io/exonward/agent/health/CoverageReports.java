package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends an event when what can be seen has changed. Owned by the pipeline's thread. */
public final class CoverageReports {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

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

  /** It may have changed: looks at once. */
  public void changed() {
    lookAt = Instant.MIN;
    var _ = sendIfChanged();
  }

  /** Looks every five seconds, if called; returns when it will look next. */
  public Instant sendIfChanged() {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) {
      return lookAt;
    }
    lookAt = now.plus(LOOK_EVERY);
    Coverage seen = coverage.get();
    if (sent == null || !CoverageChanges.isSame(sent, seen)) {
      sent = seen;
      sink.accept(new ObservedEvent(seen.since(), now, new Event.CoverageChange(seen)));
    }
    return lookAt;
  }
}
