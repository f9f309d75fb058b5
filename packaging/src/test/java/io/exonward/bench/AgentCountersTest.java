package io.exonward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentCountersTest {
  @Test
  void parse_status_tellsLossesByCause() {
    String json =
        """
        {"coverage":{"sensors":[{"sensor":"ebpf","events":9,"losses":0}]},
         "spool":{"events":12,"bytes":3},"counts":{"executions":400,"backfilled":7},
         "losses":{"kernel_buffer":2,"agent_queue":3}}\
        """;

    assertEquals(
        new AgentCounters(400, Map.of("kernel_buffer", 2L, "agent_queue", 3L), 12),
        AgentCounters.parse(json));
  }

  @Test
  void parse_statusWithoutLosses_isZero() {
    String json = "{\"spool\":{\"events\":0},\"counts\":{\"executions\":1},\"losses\":{}}";

    assertEquals(new AgentCounters(1, Map.of(), 0), AgentCounters.parse(json));
  }

  @Test
  void lostSince_oneCauseMore_namesIt() {
    AgentCounters before = new AgentCounters(1, Map.of("kernel_buffer", 2L), 0);
    AgentCounters after = new AgentCounters(1, Map.of("kernel_buffer", 2L, "spool_full", 3L), 0);

    assertEquals(Map.of("spool_full", 3L), after.lostSince(before));
  }

  @Test
  void parse_anythingElse_isRefused() {
    assertThrows(IllegalStateException.class, () -> AgentCounters.parse("{}"));
  }
}
