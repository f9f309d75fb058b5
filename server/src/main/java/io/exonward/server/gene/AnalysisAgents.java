package io.exonward.server.gene;

import java.util.Set;
import java.util.UUID;

/** The agents that are connected. Thread-safe; nothing blocks. */
public interface AnalysisAgents {
  /** Hosts whose agents can extract genes. */
  Set<UUID> able();

  /** All hosts that are connected. */
  Set<UUID> connected();

  /** Whether the request is on its way. */
  boolean ask(AnalysisRequest request);

  /** Tells a host what code is related to; a host that is away is not told. */
  void tell(UUID host, Lineage lineage);
}
