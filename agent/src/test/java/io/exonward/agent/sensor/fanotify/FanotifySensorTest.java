package io.exonward.agent.sensor.fanotify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class FanotifySensorTest {
  private static final int QUEUE_LIMIT = 16_384; // linux fs/notify/fanotify/fanotify_user.c

  private final EventLog log = new EventLog();
  private final FileNames files = new FileNames();
  private final FanotifySensor sensor = new FanotifySensor(files, Clock.systemUTC());

  @TempDir Path folder;

  @AfterEach
  void stop() {
    files.gate.countDown();
    sensor.close();
  }

  @Test
  void executedFile_isHandedOn() {
    Path marker = KernelTests.compile("marker", folder);
    files.gate.countDown();
    KernelTests.requireStart(sensor, log);

    KernelTests.run(marker);

    files.await(files.opened, marker);
  }

  @Test
  void writtenFile_isHandedOn() throws IOException {
    files.gate.countDown();
    KernelTests.requireStart(sensor, log);
    Path written = folder.resolve("written");

    Files.writeString(written, "x");

    files.await(files.written, written);
  }

  @Test
  void filesystemMountedLater_isMarkedToo() throws IOException {
    files.gate.countDown();
    KernelTests.requireStart(sensor, log);
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path written = mount.resolve("written");

    assertEquals(0, KernelTests.run("mount", "-t", "tmpfs", "exonward-test", mount));
    try {
      // When the mark is set is for the sensor's thread to say.
      files.awaitAfter(() -> Files.writeString(written, "x"), files.written, written);
    } finally {
      KernelTests.run("umount", "-l", mount);
    }
  }

  @Test
  void queueFull_isReportedAsLoss() throws IOException {
    KernelTests.requireStart(sensor, log);
    for (int i = 0; i < QUEUE_LIMIT + 200; i++) {
      Files.write(folder.resolve("f" + i), new byte[0]);
    }

    files.gate.countDown();
    KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);

    assertEquals("fanotify", lost.sensor());
    assertTrue(files.hasOverflowed);
    assertEquals(1, sensor.status().losses());
  }

  /** Keeps the names of files, and holds the sensor's thread until the gate opens. */
  private static final class FileNames implements FileEventSink {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<String> opened = ConcurrentHashMap.newKeySet();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile boolean hasOverflowed;

    @Override
    public void opened(OpenedFile file) {
      keep(opened, file);
    }

    @Override
    public void written(OpenedFile file, boolean wasIgnored) {
      keep(written, file);
    }

    private void keep(Set<String> names, OpenedFile file) {
      try (file) {
        assertTrue(gate.await(60, TimeUnit.SECONDS));
        names.add(file.descriptor().target());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void overflowed() {
      hasOverflowed = true;
    }

    void await(Set<String> names, Path path) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!names.contains(path.toString())) {
        assertTrue(System.nanoTime() < end, () -> path + " is not in " + names);
        LockSupport.parkNanos(1_000_000);
      }
    }

    void awaitAfter(Action action, Set<String> names, Path path) throws IOException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!names.contains(path.toString())) {
        assertTrue(System.nanoTime() < end, () -> path + " is not in " + names);
        action.run();
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }
}
