package io.exonward.agent.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfUsageTest {
  @TempDir Path process;

  @Test
  void read_asTheKernelWrites_addsTimesAndFindsMemory() throws IOException {
    Files.writeString(
        process.resolve("stat"), "7 (a (b) c) S 1 7 7 0 -1 4194560 9 0 0 0 120 34 0 0 20 0 1 0 5");
    Files.writeString(
        process.resolve("status"),
        "Name:\tVmRSS:\nVmHWM:\t   99 kB\nVmRSS:\t   75000 kB\nVmStk:\t8 kB\n");

    assertEquals(new SelfUsage(75_000 << 10, 1540), SelfUsage.read(process));
  }

  @Test
  void read_processGone_isNotKnown() {
    assertEquals(new SelfUsage(0, 0), SelfUsage.read(process));
  }
}
