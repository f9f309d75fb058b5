package io.exonward.agent.sensor.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.common.file.CodeOrigin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class ProcfsSensorTest {
  private static final UUID BOOT = BootId.read();

  private final EventLog log = new EventLog();
  private final ProcfsSensor sensor = new ProcfsSensor(BOOT, Clock.systemUTC());

  @TempDir Path folder;

  @BeforeEach
  void start() {
    KernelTests.requireStart(sensor, log);
  }

  @AfterEach
  void stop() {
    sensor.close();
  }

  @Test
  void poll_newProcess_isReportedWithForkAndExit() {
    Path marker = KernelTests.compile("marker", folder);

    KernelTests.run(marker, "800");
    KernelEvent.Exec exec = log.awaitExec(marker);
    log.await(KernelEvent.Fork.class, event -> event.child().equals(exec.process()));
    log.await(KernelEvent.Exit.class, event -> event.process().equals(exec.process()));

    assertEquals(List.of(marker.toString(), "800"), exec.arguments());
  }

  @Test
  void poll_processThatExecutesAnotherProgram_isReportedAgain() {
    Path marker = KernelTests.compile("marker", folder);

    KernelTests.run("/bin/bash", "-c", marker + " 800; exec " + marker + " 801");
    KernelEvent.Exec second =
        log.await(KernelEvent.Exec.class, exec -> exec.arguments().contains("801"));
    List<KernelEvent.Exec> all =
        log.all(KernelEvent.Exec.class, exec -> exec.process().equals(second.process()));

    assertEquals(2, all.size(), all.toString());
  }

  @Test
  void poll_memfd_isReportedAsMemfd() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    KernelTests.run(launch, "memfd", marker, "800");

    assertEquals(CodeOrigin.MEMFD, log.awaitExec("memfd:exonward-test").origin());
  }
}
