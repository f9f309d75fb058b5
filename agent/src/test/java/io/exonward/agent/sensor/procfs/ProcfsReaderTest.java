package io.exonward.agent.sensor.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class ProcfsReaderTest {
  private static final UUID BOOT = BootId.read();
  private static final Clock CLOCK = Clock.systemUTC();

  private final ProcfsReader reader = new ProcfsReader(BOOT, CLOCK);

  @TempDir Path folder;

  @Test
  void read_ownProcess_isFoundAsBackfillWithItsStart() {
    int pid = (int) ProcessHandle.current().pid();

    KernelEvent.Exec exec = reader.read(pid, true).orElseThrow();

    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    Duration difference = Duration.between(start, exec.occurredAt()).abs();
    assertTrue(reader.pids().contains(pid));
    assertTrue(exec.isBackfill());
    assertTrue(exec.path() != null && exec.path().endsWith("/java"), exec.path());
    assertTrue(difference.compareTo(Duration.ofSeconds(2)) < 0, difference.toString());
  }

  @Test
  void read_kernelThread_isNone() {
    KernelTests.requireRoot();

    assertEquals(Optional.empty(), reader.read(2, true));
  }

  @Test
  void read_processThatIsGone_isNone() {
    Process process = KernelTests.start("/bin/true");
    process.onExit().join();

    assertEquals(Optional.empty(), reader.read((int) process.pid(), false));
  }

  @Test
  void read_sameProcess_agreesWithTheKernelsEvent() {
    EventLog log = new EventLog();
    Path marker = KernelTests.compile("marker", folder);
    try (EbpfSensor ebpf = new EbpfSensor(BOOT, CLOCK)) {
      KernelTests.requireStart(ebpf, log);

      Process process = KernelTests.start(marker, "2000", "a b");
      KernelEvent.Exec seen = log.awaitExec(marker);
      KernelEvent.Exec read = reader.read((int) process.pid(), false).orElseThrow();
      process.destroy();

      FileIdentity seenFile = seen.file();
      FileIdentity readFile = read.file();
      assertNotNull(seenFile);
      assertNotNull(readFile);
      assertEquals(withoutGeneration(seenFile), readFile);
      assertEquals(seen.process(), read.process());
      assertEquals(seen.parent(), read.parent());
      assertEquals(seen.uid(), read.uid());
      assertEquals(seen.gid(), read.gid());
      assertEquals(seen.path(), read.path());
      assertEquals(seen.arguments(), read.arguments());
      assertEquals(seen.workingDirectory(), read.workingDirectory());
      assertEquals(seen.cgroupId(), read.cgroupId());
      assertEquals(seen.mountNamespace(), read.mountNamespace());
    }
  }

  @Test
  void read_nameEndsLikeADeletedOne_isAFile() {
    Path marker = KernelTests.compile("marker", folder);
    Path odd = KernelTests.copy(marker, folder.resolve("x (deleted)"));

    Process process = KernelTests.start(odd, "2000");
    KernelEvent.Exec exec = reader.read((int) process.pid(), false).orElseThrow();
    process.destroy();

    assertEquals(CodeOrigin.FILE, exec.origin());
    assertEquals(odd.toString(), exec.path());
  }

  @Test
  void read_nameWithParenthesesAndLineEnds_isReadAllTheSame() {
    Path marker = KernelTests.compile("marker", folder);
    Path odd = KernelTests.copy(marker, folder.resolve("a) R 1\nUid:\t5"));

    Process process = KernelTests.start(odd, "2000");
    KernelEvent.Exec exec = reader.read((int) process.pid(), false).orElseThrow();
    process.destroy();

    assertEquals(odd.toString(), exec.path());
    assertEquals(List.of(odd.toString(), "2000"), exec.arguments());
    assertEquals(
        exec.uid(), reader.read((int) ProcessHandle.current().pid(), true).orElseThrow().uid());
  }

  private static FileIdentity withoutGeneration(FileIdentity file) {
    return new FileIdentity(
        file.deviceMajor(),
        file.deviceMinor(),
        file.inode(),
        0,
        file.sizeBytes(),
        file.ctimeNanos(),
        file.linkCount(),
        file.filesystemMagic(),
        file.fileMode(),
        file.ownerUid());
  }
}
