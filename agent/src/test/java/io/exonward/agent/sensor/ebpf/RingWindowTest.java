package io.exonward.agent.sensor.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ring is read through a window that is smaller than it. */
@Tag("kernel")
final class RingWindowTest {
  private static final int EXECUTIONS = 400;
  private static final int TEXT = 3500;

  @TempDir Path folder;

  /** About 1.5 MB pass through a ring of 1 MiB: its end is met once, the window's ten times. */
  @Test
  void exec_recordsCrossTheEndsOfWindowAndRing_areWhole() {
    Path marker = KernelTests.compile("marker", folder);
    EventLog log = new EventLog();
    Set<List<String>> wanted = new HashSet<>();
    try (EbpfSensor sensor = new EbpfSensor(BootId.read(), Clock.systemUTC(), 1 << 20)) {
      KernelTests.requireStart(sensor, log);

      for (int i = 0; i < EXECUTIONS; i++) {
        String text = (i + ".").repeat(TEXT).substring(0, TEXT - i % 100);
        List<String> command = List.of(marker.toString(), "0", text);
        KernelTests.run(command.toArray());
        wanted.add(command);
      }

      KernelTests.await(() -> executions(log, marker).size() == EXECUTIONS);
      assertEquals(wanted, executions(log, marker));
      assertEquals(0, sensor.counts().orElseThrow().lost());
    }
  }

  private static Set<List<String>> executions(EventLog log, Path program) {
    Set<List<String>> commands = new HashSet<>();
    log.all(KernelEvent.Exec.class, exec -> program.toString().equals(exec.path()))
        .forEach(exec -> commands.add(exec.arguments()));
    return commands;
  }
}
