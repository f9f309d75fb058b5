package io.exonward.agent.sensor.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.ebpf.EbpfSensor.Setting;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.LossCause;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class EbpfSensorTest {
  private static final UUID BOOT = BootId.read();

  private final EventLog log = new EventLog();
  private final EbpfSensor sensor = new EbpfSensor(BOOT, Clock.systemUTC());

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
  void exec_plainFile_isReportedWithIdentity() {
    Path marker = KernelTests.compile("marker", folder);
    FileStatus status = FileStatus.ofPath(marker.toString());
    Instant before = Instant.now().minusMillis(50);

    Process process = KernelTests.start(marker, "0", "two words", "");
    KernelEvent.Exec exec = log.awaitExec(marker);

    FileIdentity file = exec.file();
    assertNotNull(file);
    assertEquals(CodeOrigin.FILE, exec.origin());
    assertEquals(process.pid(), exec.process().pid());
    assertEquals(List.of(marker.toString(), "0", "two words", ""), exec.arguments());
    assertEquals(marker.toString(), exec.fileName());
    assertEquals(Path.of("").toAbsolutePath().toString(), exec.workingDirectory());
    assertEquals(status.inode(), file.inode());
    assertEquals(status.deviceMajor(), file.deviceMajor());
    assertEquals(status.deviceMinor(), file.deviceMinor());
    assertEquals(status.sizeBytes(), file.sizeBytes());
    assertEquals(status.ctimeNanos(), file.ctimeNanos());
    assertEquals(status.mode(), file.fileMode());
    assertEquals(1, file.linkCount());
    assertFalse(exec.isArgumentsTruncated());
    assertFalse(exec.occurredAt().isBefore(before) || exec.occurredAt().isAfter(Instant.now()));
  }

  @Test
  void fork_child_hasTheIdentitiesOfProc() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    Process process = KernelTests.start(launch, "forked", marker, "300");
    KernelEvent.Exec child = log.awaitExec(marker);
    KernelEvent.Exec parent = log.awaitExec(launch);
    KernelEvent.Fork fork =
        log.await(KernelEvent.Fork.class, event -> event.child().equals(child.process()));
    ProcessId inProc = ProcessId.ofNanos(BOOT, child.process().pid(), 0);
    String stat = Files.readString(Path.of("/proc/" + inProc.pid() + "/stat"));
    KernelEvent.Exit exit =
        log.await(KernelEvent.Exit.class, event -> event.process().equals(child.process()));

    String startTicks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    assertEquals(Long.parseLong(startTicks), child.process().startTicks());
    assertEquals(process.pid(), parent.process().pid());
    assertEquals(parent.process(), fork.parent());
    assertEquals(parent.process(), child.parent());
    assertEquals(KernelTests.MARKER_STATUS << 8, exit.status());
  }

  @Test
  void exec_fromThread_keepsTheProcess() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    Process process = KernelTests.start(launch, "thread", marker, "0");
    KernelEvent.Exec first = log.awaitExec(launch);
    KernelEvent.Exec second = log.awaitExec(marker);

    assertEquals(process.pid(), second.process().pid());
    assertEquals(first.process(), second.process());
    log.await(KernelEvent.Exit.class, event -> event.process().equals(second.process()));
  }

  @Test
  void exec_memfd_isReportedAsMemfd() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(launch, "memfd", marker));
    KernelEvent.Exec exec = log.awaitExec("memfd:exonward-test");

    assertEquals(CodeOrigin.MEMFD, exec.origin());
    assertEquals(List.of(marker.toString()), exec.arguments());
  }

  @Test
  void exec_unlinkedFile_isReportedAsDeletedWithItsFormerPath() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(launch, "deleted", marker));
    KernelEvent.Exec exec = log.awaitExec(marker);

    assertEquals(CodeOrigin.DELETED, exec.origin());
  }

  @Test
  void exec_nameThatLooksDeletedOrLikeAMemfd_isAFile() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path deleted = KernelTests.copy(marker, folder.resolve("x (deleted)"));
    Path memfd = KernelTests.copy(marker, folder.resolve("memfd:x"));

    KernelTests.run(deleted);
    KernelTests.run(memfd);

    assertEquals(CodeOrigin.FILE, log.awaitExec(deleted).origin());
    assertEquals(CodeOrigin.FILE, log.awaitExec(memfd).origin());
  }

  @Test
  void exec_longArguments_areCutAndMarked() {
    Path marker = KernelTests.compile("marker", folder);

    KernelTests.run(marker, "0", "x".repeat(10_000));
    KernelEvent.Exec exec = log.awaitExec(marker);

    assertTrue(exec.isArgumentsTruncated());
    int taken = marker.toString().length() + 1 + 2;
    assertEquals("x".repeat(4096 - taken), exec.arguments().getLast());
  }

  @Test
  void exec_argumentsThatAreNotText_areReportedAllTheSame() {
    Path marker = KernelTests.compile("marker", folder);

    KernelTests.run("/bin/sh", "-c", "exec " + marker + " 0 \"$(printf '\\377\\033a\\nb')\"");
    KernelEvent.Exec exec = log.awaitExec(marker);

    assertEquals("\uFFFD\u001ba\nb", exec.arguments().getLast());
  }

  @Test
  void exec_pathDeeperThanTheWalk_hasNoPathButAnIdentity() throws IOException {
    Path deep = folder;
    for (int i = 0; i < 70; i++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    Path marker =
        KernelTests.copy(KernelTests.compile("marker", folder), deep.resolve("deep-marker"));
    long inode = FileStatus.ofPath(marker.toString()).inode();

    KernelTests.run(marker);
    KernelEvent.Exec exec =
        log.await(KernelEvent.Exec.class, e -> marker.toString().equals(e.fileName()));

    assertEquals(null, exec.path());
    assertEquals(inode, exec.file() == null ? 0 : exec.file().inode());
  }

  @Test
  void exec_onFreshTmpfs_hasItsPathThroughTheMount() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path mount = Files.createDirectory(folder.resolve("mount"));
    String script = "mount -t tmpfs tmpfs \"$1\" && cp \"$0\" \"$1\"/inside && \"$1\"/inside";

    int status = KernelTests.run("unshare", "-m", "/bin/sh", "-c", script, marker, mount);

    assertEquals(KernelTests.MARKER_STATUS, status);
    KernelEvent.Exec exec = log.awaitExec(mount.resolve("inside"));
    assertEquals(0x01021994, exec.file() == null ? 0 : exec.file().filesystemMagic());
  }

  @Test
  void ringFull_lossesAreCountedAndReported() {
    Path marker = KernelTests.compile("marker", folder);
    Path storm = KernelTests.compile("storm", folder);
    EventLog small = new EventLog();
    CountDownLatch isStormOver = new CountDownLatch(1);
    try (EbpfSensor tiny = new EbpfSensor(BOOT, Clock.systemUTC(), Kernel.pageBytes())) {
      KernelTests.requireStart(
          tiny,
          event -> {
            awaitOpen(isStormOver);
            small.accept(event);
          });

      assertEquals(0, KernelTests.run(storm, 100, marker));
      isStormOver.countDown();
      KernelEvent.Lost lost = small.await(KernelEvent.Lost.class, event -> event.count() > 0);

      assertEquals("ebpf", lost.sensor());
      assertEquals(LossCause.KERNEL_BUFFER, lost.cause());
      assertFalse(Duration.between(lost.from(), lost.to()).isNegative());
      assertTrue(tiny.status().losses() >= lost.count());
      assertEquals(SensorState.RUNNING, tiny.status().state());
    }
  }

  @Test
  void exec_recordThatWrapsInTheRing_isRead() {
    Path marker = KernelTests.compile("marker", folder);
    String filler = "a".repeat(501);
    EventLog small = new EventLog();
    try (EbpfSensor tiny = new EbpfSensor(BOOT, Clock.systemUTC(), Kernel.pageBytes())) {
      KernelTests.requireStart(tiny, small);

      // Each takes more than 500 bytes of 4096, so that several of them wrap, at different places.
      for (int i = 0; i < 40; i++) {
        List<String> command = List.of(marker.toString(), "0", filler, "run-" + i);
        KernelTests.run(command.toArray());
        small.await(KernelEvent.Exec.class, exec -> exec.arguments().equals(command));
      }
    }
  }

  @Test
  void counts_stormIntoATinyRing_allIsToldOrLost() {
    Path marker = KernelTests.compile("marker", folder);
    Path storm = KernelTests.compile("storm", folder);
    ToldEvents told = new ToldEvents();
    CountDownLatch isStormOver = new CountDownLatch(1);
    try (EbpfSensor tiny = new EbpfSensor(BOOT, Clock.systemUTC(), 2 * Kernel.pageBytes())) {
      KernelTests.requireStart(
          tiny,
          event -> {
            awaitOpen(isStormOver);
            told.accept(event);
          });

      assertEquals(0, KernelTests.run(storm, 300, marker));
      isStormOver.countDown();

      KernelTests.await(() -> {
        KernelCounts counts = tiny.counts().orElseThrow();
        return told.is(counts) && counts.equals(tiny.counts().orElseThrow());
      });
      KernelCounts counts = tiny.counts().orElseThrow();
      assertTrue(counts.executions() >= 300);
      assertTrue(counts.lost() > 0);
      assertEquals(0, counts.missed());
    }
  }

  /** How many of each kind were told. */
  private static final class ToldEvents implements KernelEventSink {
    private final AtomicLong executions = new AtomicLong();
    private final AtomicLong exits = new AtomicLong();

    @Override
    public void accept(KernelEvent event) {
      if (event instanceof KernelEvent.Exec) {
        executions.incrementAndGet();
      } else if (event instanceof KernelEvent.Exit) {
        exits.incrementAndGet();
      }
    }

    boolean is(KernelCounts counts) {
      return counts.executions() - counts.executionsLost() == executions.get()
          && counts.exits() - counts.exitsLost() == exits.get();
    }
  }

  @Test
  void counts_tasks_riseWithThoseOfTheKernel() {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);
    long tasks = sensor.counts().orElseThrow().tasks();
    long created = tasksCreated();

    for (int i = 0; i < 20; i++) {
      KernelTests.run(launch, "thread", marker, "0");
    }

    // Both go on rising, and the first two were not read at one moment.
    KernelTests.await(() -> {
      long byKernel = tasksCreated() - created;
      return byKernel >= 40
          && Math.abs(sensor.counts().orElseThrow().tasks() - tasks - byKernel) <= 5;
    });
  }

  private static long tasksCreated() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return lines
          .filter(line -> line.startsWith("processes "))
          .mapToLong(line -> Long.parseLong(line.substring("processes ".length())))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void running_thisProcess_isAsProcfsSays() {
    int self = (int) ProcessHandle.current().pid();
    ProcfsReader procfs = new ProcfsReader(BOOT, Clock.systemUTC());
    KernelEvent.Exec expected = procfs.read(self, true).orElseThrow();

    KernelEvent.Exec found =
        sensor.running().stream()
            .filter(exec -> exec.process().equals(expected.process()))
            .findFirst()
            .orElseThrow();

    assertTrue(found.isBackfill());
    assertEquals(expected.parent(), found.parent());
    assertEquals(expected.path(), found.path());
    assertEquals(expected.uid(), found.uid());
    assertEquals(expected.cgroupId(), found.cgroupId());
    assertEquals(expected.mountNamespace(), found.mountNamespace());
    assertEquals(expected.workingDirectory(), found.workingDirectory());
    assertEquals(expected.arguments(), procfs.withArguments(found).arguments());
    assertEquals(
        expected.file() == null ? 0 : expected.file().inode(),
        found.file() == null ? 1 : found.file().inode());
  }

  @Test
  void detail_bare_leavesOutArgumentsAndDirectory() {
    Path marker = KernelTests.compile("marker", folder);
    AtomicReference<Detail> detail = new AtomicReference<>(Detail.FULL);
    EventLog log = new EventLog();
    try (EbpfSensor bare = new EbpfSensor(Setting.of(BOOT, Clock.systemUTC(), detail::get))) {
      KernelTests.requireStart(bare, log);
      detail.set(Detail.BARE);
      KernelTests.run(marker); // with the next batch it is obeyed
      KernelTests.await(() -> {
        KernelTests.run(marker);
        return !log.all(KernelEvent.Exec.class, e -> isBare(e, marker)).isEmpty();
      });
    }
  }

  private static boolean isBare(KernelEvent.Exec exec, Path program) {
    return program.toString().equals(exec.path())
        && exec.arguments().isEmpty()
        && exec.isArgumentsTruncated()
        && exec.workingDirectory() == null;
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void storm_losesNothing() {
    Path marker = KernelTests.compile("marker", folder);
    Path storm = KernelTests.compile("storm", folder);

    assertEquals(0, KernelTests.run(storm, 2000, marker));
    KernelEvent.Exec last = log.awaitExec(storm);
    log.await(KernelEvent.Exit.class, event -> event.process().equals(last.process()));

    assertEquals(
        2000, log.all(KernelEvent.Exec.class, e -> marker.toString().equals(e.path())).size());
    assertEquals(0, sensor.status().losses());
  }
}
