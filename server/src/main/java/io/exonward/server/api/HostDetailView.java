package io.exonward.server.api;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Ban;
import io.exonward.server.inventory.HostDetail;
import java.time.Instant;
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
    List<LossView> losses,
    @Nullable Ban ban) {
  static HostDetailView of(HostDetail it, int openAlerts) {
    Coverage coverage = it.coverage();
    return new HostDetailView(
        HostView.of(it.host(), openAlerts),
        facts(it.host().machineId(), it.facts()),
        it.agent(),
        coverage == null ? null : CoverageView.of(coverage),
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

  /** What its sensors can see. */
  record CoverageView(
      String level, Instant since, List<SensorView> sensors, List<String> blindSpots) {
    static CoverageView of(Coverage it) {
      return new CoverageView(
          Fields.code(it.level()),
          it.since(),
          it.sensors().stream().map(SensorView::of).toList(),
          it.blindSpots());
    }
  }

  /** State of one sensor. */
  record SensorView(
      String sensor, String state, @Nullable String detail, long events, long losses) {
    static SensorView of(Coverage.SensorStatus it) {
      return new SensorView(
          it.sensor(), Fields.code(it.state()), it.detail(), it.events(), it.losses());
    }
  }
}
