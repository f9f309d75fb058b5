package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MachineForksTest {
  @Test
  void parse_stat_isTheLineOfProcesses() {
    assertEquals(
        OptionalLong.of(2915), MachineForks.parse("cpu 1 2\nbtime 5\nprocesses 2915\nintr 1\n"));
  }

  @Test
  void parse_noOrBadLine_isNotKnown() {
    assertTrue(MachineForks.parse("cpu 1\n").isEmpty());
    assertTrue(MachineForks.parse("processes x\n").isEmpty());
  }

  @Test
  void read_thisMachine_rises() {
    long before = MachineForks.read().orElse(0);

    KernelTests.run("true");

    assertTrue(MachineForks.read().orElse(0) > before);
  }
}
