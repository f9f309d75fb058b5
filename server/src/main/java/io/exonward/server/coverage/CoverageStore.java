package io.exonward.server.coverage;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.server.inventory.HostState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what agents state of their coverage. Every method takes part in the transaction. */
public interface CoverageStore {
  /** Keeps a statement; a later one about the same time replaces it. */
  void record(UUID host, Coverage coverage, Instant ingestedAt);

  /**
   * Statements in the interval and the newest one before it.
   *
   * @return at most 5,000, the newest
   */
  List<StatementRow> listStatements(UUID host, Instant from, Instant to);

  /** Losses that touch the interval, at most 5,000, the newest. */
  List<Event.Loss> listLosses(UUID host, Instant from, Instant to);

  /** Changes of connectivity in the interval and the newest one before it, oldest first. */
  List<ConnectivityChange> listConnectivity(UUID host, Instant from, Instant to);

  /** Sums over all hosts that are not banned. */
  FleetCoverage readFleet(Instant since, Instant silentBefore);

  /**
   * What an agent stated.
   *
   * @param coverage null: nobody can say what holds from then on
   */
  record StatementRow(Instant since, @Nullable Coverage coverage) {}

  /** Whether the server heard a host, from a time on. */
  record ConnectivityChange(Instant since, HostState state) {}
}
