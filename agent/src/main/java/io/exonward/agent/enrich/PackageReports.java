package io.exonward.agent.enrich;

import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.wire.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Sends the list of installed packages, at first and whenever it changed, but not while it keeps
 * changing. Not thread-safe: owned by the pipeline's thread.
 */
public final class PackageReports {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

  private final DpkgDatabase database;
  private final InstantSource clock;
  private final EventSink sink;
  private List<PackageRef> sent = List.of();
  private long generation;
  private Instant lookAt = Instant.MIN;

  public PackageReports(DpkgDatabase database, InstantSource clock, EventSink sink) {
    this.database = database;
    this.clock = clock;
    this.sink = sink;
  }

  /** Looks every 30 s, if called; returns when it will look next. */
  public Instant sendIfChanged() {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) {
      return lookAt;
    }
    lookAt = now.plus(LOOK_EVERY);
    List<PackageRef> packages = database.packages();
    if (!packages.equals(sent)) {
      // The time is a generation that rises across restarts too.
      generation = Math.max(generation + 1, now.getEpochSecond());
      send(packages, now);
      sent = packages;
    }
    return lookAt;
  }

  private void send(List<PackageRef> packages, Instant now) {
    for (int from = 0; from < packages.size(); from += Limits.INVENTORY_PACKAGES / 2) {
      int to = Math.min(packages.size(), from + Limits.INVENTORY_PACKAGES / 2);
      boolean isLast = to == packages.size();
      Event part = new Event.PackageInventory(packages.subList(from, to), generation, isLast);
      sink.accept(new ObservedEvent(null, now, part));
    }
  }
}
