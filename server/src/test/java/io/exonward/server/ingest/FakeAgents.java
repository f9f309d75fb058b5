package io.exonward.server.ingest;

import io.exonward.server.gene.AnalysisAgents;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.Lineage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Agents that remember what they were asked and told. */
final class FakeAgents implements AnalysisAgents {
  final Set<UUID> able = new HashSet<>();
  final List<AnalysisRequest> asked = new ArrayList<>();
  final List<Lineage> told = new ArrayList<>();

  @Override
  public Set<UUID> able() {
    return able;
  }

  @Override
  public Set<UUID> connected() {
    return able;
  }

  @Override
  public boolean ask(AnalysisRequest request) {
    return able.contains(request.host()) && asked.add(request);
  }

  @Override
  public void tell(UUID host, Lineage lineage) {
    told.add(lineage);
  }
}
