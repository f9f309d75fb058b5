package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what could be seen, when, and what was lost, for {@link CoverageHistory} to read.
 * Kept in two files of at most 1 MiB each, the older of which goes. A change of state is on the
 * disk when {@link #accept} returns; losses of ten seconds are written together. What cannot be
 * written is logged once and does not stop the agent. Owned by one thread.
 */
public final class CoverageLedger implements EventSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CoverageLedger.class);
  private static final Duration LOSSES_EVERY = Duration.ofSeconds(10);
  private static final Duration ALIVE_EVERY = Duration.ofMinutes(1);

  private final LedgerFile file;
  private final InstantSource clock;
  private final Map<LossKey, Event.Loss> losses = new LinkedHashMap<>();
  private @Nullable Coverage state;
  private Instant lossesAt;
  private Instant aliveAt;
  private boolean isBroken;

  private record LossKey(LossCause cause, @Nullable String sensor) {}

  private CoverageLedger(LedgerFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    lossesAt = clock.instant();
    aliveAt = lossesAt;
  }

  /**
   * Goes on with the ledger in a folder, which is made if there is none; says that the agent
   * started.
   *
   * @throws IOException if nothing can be written there
   */
  public static CoverageLedger open(Path folder, InstantSource clock) throws IOException {
    LedgerFile file = LedgerFile.open(folder);
    CoverageLedger ledger = new CoverageLedger(file, clock);
    file.append(LedgerLine.start(clock.instant(), file.lastAlive()), true);
    return ledger;
  }

  /** Takes note of changes of coverage and of losses; passes over all else. */
  @Override
  public void accept(ObservedEvent event) {
    switch (event.event()) {
      case Event.CoverageChange change -> changed(change.coverage());
      case Event.Loss loss -> lost(loss);
      default -> {}
    }
  }

  private void changed(Coverage coverage) {
    Coverage before = state;
    if (before == null || !CoverageChanges.isSame(before, coverage)) {
      writeLosses();
      state = coverage;
      write(LedgerLine.state(clock.instant(), coverage), true);
    }
  }

  private void lost(Event.Loss loss) {
    losses.merge(
        new LossKey(loss.cause(), loss.sensor()),
        loss,
        (one, other) ->
            new Event.Loss(
                one.cause(),
                one.from().isBefore(other.from()) ? one.from() : other.from(),
                one.to().isAfter(other.to()) ? one.to() : other.to(),
                one.count() + other.count(),
                one.sensor()));
  }

  /** Writes what is due, and returns when more will be; to be called after work, and then. */
  public Instant look() {
    Instant now = clock.instant();
    if (!losses.isEmpty() && !now.isBefore(lossesAt.plus(LOSSES_EVERY))) {
      writeLosses();
    }
    if (!now.isBefore(aliveAt.plus(ALIVE_EVERY))) {
      aliveAt = now;
      file.markAlive(now);
    }
    return losses.isEmpty() ? Instant.MAX : lossesAt.plus(LOSSES_EVERY);
  }

  private void writeLosses() {
    lossesAt = clock.instant();
    losses.values().forEach(loss -> write(LedgerLine.loss(loss), false));
    losses.clear();
  }

  private void write(String line, boolean isSynced) {
    try {
      Coverage current = state;
      String first = current == null ? "" : LedgerLine.state(clock.instant(), current);
      file.rotateIfFull(line, first);
      file.append(line, isSynced);
      isBroken = false;
    } catch (IOException e) {
      if (!isBroken) {
        log.atWarn().addKeyValue("error", e).log("the ledger of coverage is not written");
      }
      isBroken = true;
    }
  }

  /** Says that the agent stopped because it was told to. */
  @Override
  public void close() {
    writeLosses();
    write(LedgerLine.stop(clock.instant()), true);
    file.close();
  }
}
