package io.exonward.server.inventory;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what agents report. Every method takes part in the surrounding transaction. */
public interface InventoryStore {
  /**
   * Keeps executions and code loads, and what they say of code objects.
   *
   * @return the executions with their numbers, in the same order
   */
  List<ExecutionRecord> insertCode(UUID host, ReportedCode code, Instant ingestedAt);

  void insertActions(UUID host, List<Event.Action> actions, Instant ingestedAt);

  void insertLosses(UUID host, List<Event.Loss> losses, Instant ingestedAt);

  /** Keeps one part of a package reading; the last part drops all earlier generations. */
  void recordPackages(UUID host, Event.PackageInventory packages);

  /** Keeps events of unknown kinds whole, the newest of each host. */
  void insertUnrecognized(UUID host, List<Event.Unrecognized> events, Instant ingestedAt);

  /** Newest first. */
  Page<ExecutionRecord> listExecutions(UUID host, @Nullable Sha256 sha256, PageRequest page);

  /** Those that were seen first most recently first; null for any. */
  Page<LoadRecord> listLoads(
      UUID host, @Nullable CodeLoadKind kind, @Nullable Sha256 sha256, PageRequest page);

  /** Newest first; null for any. */
  Page<ActionRecord> listActions(UUID host, @Nullable ActionKind kind, PageRequest page);

  Optional<CodeDetail> findCode(Sha256 sha256);

  InventoryFigures readFigures(Instant since);

  /**
   * An execution to keep.
   *
   * @param runs of a repetition: what is known of each
   */
  record ReportedExecution(
      Instant occurredAt, long count, Event.Execution execution, List<Event.Run> runs) {
    public ReportedExecution {
      runs = List.copyOf(runs);
    }
  }

  /** A code load to keep. */
  record ReportedLoad(Instant occurredAt, Event.CodeLoad load) {}

  /** All the code of one batch. */
  record ReportedCode(List<ReportedExecution> executions, List<ReportedLoad> loads) {
    public ReportedCode {
      executions = List.copyOf(executions);
      loads = List.copyOf(loads);
    }
  }
}
