package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process led to that has gone is hashed all the same, if it was held. */
@Tag("kernel")
final class HeldFilesTest {
  private static final UUID BOOT = BootId.read();
  private static final int GONE_PID = Integer.MAX_VALUE; // above every pid_max
  private static final byte[] CONTENT = {1, 2, 3};

  private final BlockingQueue<Inspection> answers = new LinkedBlockingQueue<>();
  private final HashingInspector inspector =
      new HashingInspector(
          InspectLimits.defaults(),
          new ProcfsReader(BOOT, Clock.systemUTC()),
          _ -> false,
          Clock.systemUTC());

  @TempDir Path folder;

  @BeforeEach
  void requireRoot() {
    KernelTests.requireRoot();
  }

  @AfterEach
  void close() {
    inspector.close();
  }

  @Test
  void hold_thenExecutedByWhoIsGone_isHashed() throws Exception {
    FileStatus status;
    try (Descriptor memfd = Descriptor.ofMemory("exonward-held")) {
      Files.write(Path.of(memfd.path()), CONTENT);
      status = memfd.status();
      inspector.hold(Kernel.ownPid(), memfd.number());
    }

    assertEquals(new ContentHash.Known(Sha256.digest(CONTENT)), execute(status));
  }

  @Test
  void hold_another_isNotTakenForIt() throws Exception {
    try (Descriptor held = Descriptor.ofMemory("exonward-held");
        Descriptor executed = Descriptor.ofMemory("exonward-other")) {
      Files.write(Path.of(held.path()), CONTENT);
      Files.write(Path.of(executed.path()), CONTENT);
      inspector.hold(Kernel.ownPid(), held.number());

      assertEquals(new ContentHash.Missing(HashAbsence.PROCESS_GONE), execute(executed.status()));
    }
  }

  @Test
  void hold_notAMemfd_isNotOpened() throws IOException {
    Path file = Files.write(folder.resolve("file"), CONTENT);
    try (Descriptor other = Descriptor.openForReading(file.toString());
        HeldFiles files = new HeldFiles()) {
      assertFalse(files.holdMemfd(Kernel.ownPid(), other.number()));
      assertFalse(files.isHolding());
    }
  }

  @Test
  void hold_moreThanTheLimit_letsGoOfTheOldest() throws IOException {
    long before = openFiles();
    try (HeldFiles files = new HeldFiles()) {
      for (int i = 0; i < 100; i++) {
        try (Descriptor memfd = Descriptor.ofMemory("exonward-held")) {
          files.holdMemfd(Kernel.ownPid(), memfd.number());
        }
      }

      long held = openFiles() - before;
      assertTrue(held > 32 && held < 80, () -> held + " are held");
    }
  }

  @Test
  void hold_executedByWhoThenEnds_isHashed() throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("program"));
    byte[] content = Files.readAllBytes(program);
    Process running = new ProcessBuilder(program.toString(), "60").start();
    Optional<ProcessId> process =
        new ProcfsReader(BOOT, Clock.systemUTC()).identify((int) running.pid());
    FileStatus status = FileStatus.ofPath(program.toString());
    KernelEvent.Exec exec =
        execution(process.orElseThrow(), CodeOrigin.FILE, status, "/exonward-nowhere");

    inspector.hold(exec);
    running.destroyForcibly().waitFor();
    Files.delete(program);

    assertEquals(new ContentHash.Known(Sha256.digest(content)), inspect(exec));
  }

  private static long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private ContentHash execute(FileStatus status) throws InterruptedException {
    ProcessId gone = new ProcessId(BOOT, GONE_PID, 1);
    return inspect(execution(gone, CodeOrigin.MEMFD, status, "memfd:exonward-held"));
  }

  private static KernelEvent.Exec execution(
      ProcessId process, CodeOrigin origin, FileStatus status, String path) {
    FileIdentity file =
        new FileIdentity(
            status.deviceMajor(),
            status.deviceMinor(),
            status.inode(),
            0,
            status.sizeBytes(),
            status.ctimeNanos(),
            status.linkCount(),
            LocalFilesystems.magic("tmpfs"),
            status.mode(),
            0);
    return new KernelEvent.Exec(
        false,
        process,
        null,
        new KernelEvent.Circumstances(0, 0, origin, file, null, path, 0, 0, false),
        List.of(),
        false,
        null,
        Instant.EPOCH);
  }

  private ContentHash inspect(KernelEvent.Exec exec) throws InterruptedException {
    inspector.inspect(exec, answers::add);
    Inspection answer = answers.poll(10, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer");
    }
    return answer.hash();
  }
}
