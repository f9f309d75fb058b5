package io.exonward.server.ingest;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.wire.SequencedEvent;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The new events of one message, sorted by kind. Duplicates are left out, gaps in the sequence have
 * become losses.
 *
 * <p>An agent's clock and counts are claims: times later than now become now, counts end at a
 * thousand million, so that one hostile agent cannot spoil sums over all.
 */
final class Batch {
  private static final long MAX_COUNT = 1_000_000_000;

  private final Instant now;
  private final List<ReportedExecution> executions = new ArrayList<>();
  private final List<Event.Loss> losses = new ArrayList<>();
  private final List<Coverage> coverages = new ArrayList<>();
  private final List<Event.PackageInventory> packages = new ArrayList<>();
  private final List<ReportedLoad> loads = new ArrayList<>();
  private final List<Event.Action> actions = new ArrayList<>();
  private final List<Event.Unrecognized> unrecognized = new ArrayList<>();
  private long lastSequence;
  private int duplicates;

  private Batch(long lastSequence, Instant now) {
    this.lastSequence = lastSequence;
    this.now = now;
  }

  /**
   * What is new in {@code events}.
   *
   * @param lastSequence what is stored already
   */
  static Batch of(List<SequencedEvent> events, long lastSequence, Instant now) {
    Batch batch = new Batch(lastSequence, now);
    events.forEach(batch::add);
    return batch;
  }

  private void add(SequencedEvent sequenced) {
    if (sequenced.sequence() <= lastSequence) {
      duplicates++;
      return;
    }
    Instant at = past(sequenced.event().bestTime());
    long missing = sequenced.sequence() - lastSequence - 1;
    if (missing > 0) {
      losses.add(new Event.Loss(LossCause.NOT_STATED, at, at, Math.min(missing, MAX_COUNT), null));
    }
    lastSequence = sequenced.sequence();
    sort(sequenced.event(), at);
  }

  private void sort(ObservedEvent observed, Instant at) {
    switch (observed.event()) {
      case Event.Execution execution ->
          executions.add(new ReportedExecution(at, 1, execution, List.of()));
      case Event.Repetition repetition -> executions.add(expand(repetition));
      case Event.Loss loss -> losses.add(bound(loss));
      case Event.CoverageChange(var coverage) -> coverages.add(bound(coverage));
      case Event.PackageInventory inventory -> packages.add(inventory);
      case Event.CodeLoad load -> loads.add(new ReportedLoad(at, load));
      case Event.Action action -> actions.add(bound(action));
      case Event.Unrecognized event -> unrecognized.add(event);
    }
  }

  private ReportedExecution expand(Event.Repetition repetition) {
    Event.Execution execution =
        new Event.Execution(
            false,
            repetition.lastProcess(),
            repetition.user(),
            repetition.executable(),
            List.of(),
            false,
            null,
            repetition.code(),
            repetition.ancestry(),
            repetition.containerId(),
            repetition.decision());
    return new ReportedExecution(
        past(repetition.lastAt()),
        Math.min(repetition.count(), MAX_COUNT),
        execution,
        repetition.runs().stream().map(this::bound).toList());
  }

  private Event.Run bound(Event.Run run) {
    return new Event.Run(
        run.pid(),
        run.startTicks(),
        run.commandLine(),
        run.isCommandLineTruncated(),
        past(run.at()),
        Math.min(run.count(), MAX_COUNT));
  }

  private Event.Action bound(Event.Action action) {
    return new Event.Action(
        action.kind(),
        action.actor(),
        action.target(),
        action.address(),
        action.length(),
        action.protection(),
        action.detail(),
        Math.min(action.count(), MAX_COUNT),
        past(action.firstAt()),
        past(action.lastAt()),
        action.ancestry(),
        action.containerId());
  }

  private Coverage bound(Coverage coverage) {
    return new Coverage(
        coverage.level(), coverage.sensors(), coverage.blindSpots(), past(coverage.since()));
  }

  private Event.Loss bound(Event.Loss loss) {
    return new Event.Loss(
        loss.cause(),
        past(loss.from()),
        past(loss.to()),
        Math.min(loss.count(), MAX_COUNT),
        loss.sensor());
  }

  private Instant past(Instant claimed) {
    return claimed.isAfter(now) ? now : claimed;
  }

  List<ReportedExecution> executions() {
    return executions;
  }

  /** Whether anything was executed or loaded. */
  boolean hasCode() {
    return !executions.isEmpty() || !loads.isEmpty();
  }

  List<Event.Loss> losses() {
    return losses;
  }

  List<Coverage> coverages() {
    return coverages;
  }

  List<Event.PackageInventory> packages() {
    return packages;
  }

  List<ReportedLoad> loads() {
    return loads;
  }

  List<Event.Action> actions() {
    return actions;
  }

  List<Event.Unrecognized> unrecognized() {
    return unrecognized;
  }

  /** How many events were stored before. */
  int duplicates() {
    return duplicates;
  }

  /** What is stored once this batch is. */
  long lastSequence() {
    return lastSequence;
  }
}
