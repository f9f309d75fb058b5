package io.exonward.agent.sensor.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.common.event.LossCause;
import io.exonward.common.file.CodeOrigin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class ConnectorSensorTest {
  private static final UUID BOOT = BootId.read();
  private static final int SMALLEST_BUFFER = 1; // the kernel raises it to its least

  private final EventLog log = new EventLog();
  private final ConnectorSensor sensor = new ConnectorSensor(BOOT, Clock.systemUTC());

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
  void exec_livingProcess_isReportedWithForkAndExit() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    KernelTests.run(launch, "forked", marker, "300");
    KernelEvent.Exec exec = log.awaitExec(marker);
    KernelEvent.Fork fork =
        log.await(KernelEvent.Fork.class, event -> event.child().equals(exec.process()));
    KernelEvent.Exit exit =
        log.await(KernelEvent.Exit.class, event -> event.process().equals(exec.process()));

    assertEquals(CodeOrigin.FILE, exec.origin());
    assertEquals(List.of(marker.toString(), "300"), exec.arguments());
    assertEquals(fork.parent(), exec.parent());
    assertEquals(KernelTests.MARKER_STATUS << 8, exit.status());
  }

  @Test
  void exec_livingMemfd_isReportedAsMemfd() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    KernelTests.run(launch, "memfd", marker, "300");

    assertEquals(CodeOrigin.MEMFD, log.awaitExec("memfd:exonward-test").origin());
  }

  @Test
  void exec_shortLived_areAllCountedThoughSomeAreGone() {
    Path marker = KernelTests.compile("marker", folder);
    Path storm = KernelTests.compile("storm", folder);

    Process process = KernelTests.start(storm, 200, marker);
    KernelEvent.Exit last =
        log.await(KernelEvent.Exit.class, e -> e.process().pid() == process.pid());

    long execs =
        log.all(KernelEvent.Exec.class, exec -> exec.process().pid() != last.process().pid())
            .size();
    assertEquals(true, execs >= 200, "only " + execs);
  }

  @Test
  void bufferFull_lossesAreReported() {
    Path marker = KernelTests.compile("marker", folder);
    Path storm = KernelTests.compile("storm", folder);
    EventLog small = new EventLog();
    CountDownLatch isStormOver = new CountDownLatch(1);
    try (ConnectorSensor tiny = new ConnectorSensor(BOOT, Clock.systemUTC(), SMALLEST_BUFFER)) {
      KernelTests.requireStart(
          tiny,
          event -> {
            awaitOpen(isStormOver);
            small.accept(event);
          });

      KernelTests.run(storm, 300, marker);
      isStormOver.countDown();
      KernelTests.run(marker);
      KernelEvent.Lost lost = small.await(KernelEvent.Lost.class, event -> event.count() > 0);

      assertEquals("connector", lost.sensor());
      assertEquals(LossCause.KERNEL_BUFFER, lost.cause());
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the storm did not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
