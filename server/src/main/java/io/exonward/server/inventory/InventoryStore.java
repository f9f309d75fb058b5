package io.exonward.server.inventory;

import io.exonward.common.event.Coverage;
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
   * Keeps executions and what they say of code objects.
   *
   * @return the same with their numbers, in the same order
   */
  List<ExecutionRecord> insertExecutions(
      UUID host, List<ReportedExecution> executions, Instant ingestedAt);

  void insertLosses(UUID host, List<Event.Loss> losses, Instant ingestedAt);

  void insertCoverage(UUID host, Coverage coverage, Instant ingestedAt);

  /** Keeps one part of a package reading; the last part drops all earlier generations. */
  void recordPackages(UUID host, Event.PackageInventory packages);

  /** Keeps events of unknown kinds whole, the newest of each host. */
  void insertUnrecognized(UUID host, List<Event.Unrecognized> events, Instant ingestedAt);

  /** Newest first. */
  Page<ExecutionRecord> listExecutions(UUID host, @Nullable Sha256 sha256, PageRequest page);

  Optional<CodeDetail> findCode(Sha256 sha256);

  InventoryFigures readFigures(Instant since);

  /** An execution to keep. */
  record ReportedExecution(Instant occurredAt, long count, Event.Execution execution) {}
}
