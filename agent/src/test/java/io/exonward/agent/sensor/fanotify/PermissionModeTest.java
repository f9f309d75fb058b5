package io.exonward.agent.sensor.fanotify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that are asked about always go on. */
@Tag("kernel")
final class PermissionModeTest {
  private static final FanotifySensor.Settings ASKED =
      new FanotifySensor.Settings(FanotifyMode.PERMISSION, Duration.ofMillis(50));

  private final EventLog log = new EventLog();
  private final Gate gate = new Gate();
  private final FanotifySensor sensor = new FanotifySensor(gate, Clock.systemUTC(), ASKED);

  @TempDir Path folder;
  private Path marker;

  @BeforeEach
  void compile() {
    marker = KernelTests.compile("marker", folder);
    gate.wanted = marker.toString();
  }

  @AfterEach
  void stop() {
    gate.open.countDown();
    sensor.close();
  }

  @Test
  void execute_sameProgramOften_eachIsTold() {
    gate.open.countDown();
    Path storm = KernelTests.compile("storm", folder);
    KernelTests.requireStart(sensor, log);

    assertEquals(0, KernelTests.run(storm, "300", marker));

    gate.await(300);
  }

  @Test
  void execute_whoTakesTheFilesHangs_goesOnAndIsToldLater() {
    KernelTests.requireStart(sensor, log);

    for (int i = 0; i < 5; i++) {
      assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(marker));
    }
    gate.open.countDown();
    KernelTests.run(marker);

    gate.await(6);
    assertEquals(0, sensor.status().losses());
    assertEquals(SensorState.RUNNING, sensor.status().state());
  }

  @Test
  void execute_whoTakesTheFilesHangsForLong_goesOnAndTheLossIsCounted() {
    Path storm = KernelTests.compile("storm", folder);
    KernelTests.requireStart(sensor, log);

    assertEquals(0, KernelTests.run(storm, "40", marker));
    for (int i = 0; i < 1000; i++) {
      KernelTests.copy(marker, folder.resolve("written-" + i), (byte) i);
    }
    gate.open.countDown();
    KernelTests.run(marker);

    log.await(KernelEvent.Lost.class, lost -> lost.sensor().equals("fanotify"));
    assertTrue(sensor.status().losses() > 0);
  }

  @Test
  void close_andStartAnother_leavesNothingBehind() throws Exception {
    gate.open.countDown();
    KernelTests.requireStart(sensor, log);
    sensor.close();
    long before = groups();

    for (int i = 0; i < 3; i++) {
      try (FanotifySensor next = new FanotifySensor(gate, Clock.systemUTC(), ASKED)) {
        start(next);
        assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(marker));
        gate.await(i + 1);
      }
    }

    assertEquals(before, groups());
    assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(marker));
  }

  private void start(FanotifySensor next) {
    try {
      next.start(log);
    } catch (SensorUnavailableException e) {
      throw new AssertionError(e);
    }
  }

  /** Fanotify groups that this process has open. */
  private static long groups() throws IOException {
    long count = 0;
    try (var files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        boolean isGroup =
            Files.isSymbolicLink(file)
                && Files.readSymbolicLink(file).toString().contains("fanotify");
        count += isGroup ? 1 : 0;
      }
    }
    return count;
  }

  /** Counts executions of one program, and holds the sensor's thread at it until it opens. */
  private static final class Gate implements FileEventSink {
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private volatile String wanted = "";

    @Override
    public void opened(OpenedFile file) {
      try (file) {
        if (file.descriptor().target().equals(wanted)) {
          opened.incrementAndGet();
          assertTrue(open.await(60, TimeUnit.SECONDS));
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      synchronized (this) {
        notifyAll();
      }
    }

    @Override
    public void written(OpenedFile file, boolean wasIgnored) {
      file.close();
    }

    @Override
    public void overflowed() {
      // The test looks at the sensor's own count.
    }

    synchronized void await(int count) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      try {
        while (opened.get() < count && System.nanoTime() < end) {
          wait(100);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertEquals(count, opened.get());
    }
  }
}
