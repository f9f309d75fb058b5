package io.exonward.server.detect;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.policy.Decision;
import io.exonward.common.process.ProcessSummary;
import io.exonward.server.gene.Lineage;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Code that came to run, executed or loaded, and what the server's policy says of it.
 *
 * @param entry how it came to run
 * @param path what was executed or loaded, untrusted text; null if not known
 * @param starters who did it: the parent or the loading process, then upward
 * @param isBackfill found running rather than seen starting
 * @param count how often
 * @param lineage what its genes say; null if nobody knows
 */
public record JudgedCode(
    CodeEntry entry,
    Code code,
    @Nullable String path,
    List<ProcessSummary> starters,
    boolean isBackfill,
    long count,
    Decision decision,
    Place place,
    Exhibit exhibit,
    @Nullable Lineage lineage) {
  public JudgedCode {
    starters = List.copyOf(starters);
  }

  /**
   * Where and when it ran.
   *
   * @param hostname untrusted text
   */
  record Place(UUID hostId, String hostname, Instant at) {}

  /** An execution. */
  public static JudgedCode of(Host host, ExecutionRecord record, Decision decision) {
    Event.Execution execution = record.execution();
    return new JudgedCode(
        CodeEntry.EXECUTED,
        execution.code(),
        execution.executable(),
        execution.ancestry(),
        execution.isBackfill(),
        record.count(),
        decision,
        new Place(host.id(), host.hostname(), record.occurredAt()),
        new Exhibit.Executed(record),
        null);
  }

  /** A code load; empty for kinds that are recorded only, and for what was not judged. */
  public static Optional<JudgedCode> of(Host host, ReportedLoad reported) {
    Event.CodeLoad load = reported.load();
    Decision decision = load.decision();
    if (decision == null) {
      return Optional.empty();
    }
    List<ProcessSummary> starters = new ArrayList<>();
    starters.add(load.loader());
    starters.addAll(load.ancestry());
    return CodeEntry.of(load.kind())
        .map(entry ->
            new JudgedCode(
                entry,
                load.code(),
                load.path(),
                starters,
                false,
                1,
                decision,
                new Place(host.id(), host.hostname(), reported.occurredAt()),
                new Exhibit.Loaded(load),
                null));
  }

  /** The same code, now that its genes are known. */
  public JudgedCode with(@Nullable Lineage known) {
    return new JudgedCode(
        entry, code, path, starters, isBackfill, count, decision, place, exhibit, known);
  }

  /** The path, or words in its place. */
  String pathText() {
    return path != null ? path : "a file whose path is not known";
  }

  /** Who executed or loaded it; null if not known. */
  @Nullable String starter() {
    return starters.isEmpty() ? null : starters.getFirst().executable();
  }
}
