package io.exonward.server.api;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;
import io.exonward.server.api.CoverageView.SumView;
import io.exonward.server.coverage.HostCoverage;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Ban;
import io.exonward.server.inventory.HostDetail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All about one host in JSON. */
record HostDetailView(
    HostView host,
    Map<String, Object> facts,
    AgentFigures agent,
    @Nullable CoverageView coverage,
    SumView coverageDay,
    List<LossView> losses,
    @Nullable Ban ban) {
  static HostDetailView of(HostDetail it, HostCoverage day, int openAlerts) {
    Coverage coverage = it.coverage();
    return new HostDetailView(
        HostView.of(it.host(), openAlerts),
        facts(it.host().machineId(), it.facts()),
        it.agent(),
        coverage == null ? null : CoverageView.of(coverage),
        SumView.of(day),
        it.losses().stream().map(LossView::of).toList(),
        it.ban());
  }

  /** What is known; the machine id is the one given at enrollment. */
  private static Map<String, Object> facts(String machineId, @Nullable HostFacts facts) {
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("machine_id", machineId);
    if (facts != null) {
      put(known, "os_name", facts.osName());
      put(known, "os_version", facts.osVersion());
      put(known, "architecture", facts.architecture());
      put(known, "cpu_model", facts.cpuModel());
      put(known, "cpu_count", facts.cpuCount() == 0 ? null : facts.cpuCount());
      put(known, "memory_bytes", facts.memoryBytes() == 0 ? null : facts.memoryBytes());
      put(known, "virtualization", facts.virtualization());
      put(known, "addresses", facts.addresses());
      put(known, "booted_at", facts.bootedAt());
    }
    return known;
  }

  private static void put(Map<String, Object> known, String name, @Nullable Object value) {
    if (value != null) {
      known.put(name, value);
    }
  }
}
