package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.event.Coverage;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions on the real kernel get the hash of what was executed. */
@Tag("kernel")
final class HashingInspectorTest {
  private static final UUID BOOT = BootId.read();
  private static final Clock CLOCK = Clock.systemUTC();

  private final HashingInspector inspector =
      new HashingInspector(
          InspectLimits.defaults(), new ProcfsReader(BOOT, CLOCK), _ -> true, CLOCK);
  private final InspectionLog log = new InspectionLog(inspector);
  private final SensorLadder sensors =
      new SensorLadder(
          new SensorLadder.Roles(
              List.of(() -> new EbpfSensor(BOOT, CLOCK)),
              List.of(() -> new FanotifySensor(inspector, CLOCK)),
              List.of()),
          log,
          CLOCK);

  @TempDir Path folder;

  @BeforeEach
  void start() {
    KernelTests.requireRoot();
    sensors.start();
    assumeTrue(
        sensors.coverage().level() == Coverage.SensorLevel.FULL,
        () -> "this kernel refuses a sensor: " + sensors.coverage().sensors());
  }

  @AfterEach
  void stop() {
    sensors.close();
    inspector.close();
  }

  @Test
  void inspect_plainProgram_hasBothDigestsAndThePath() throws IOException {
    Path marker = settled(KernelTests.compile("marker", folder));

    KernelTests.run(marker);
    Inspection inspection = log.await(marker);

    assertEquals(known(marker), inspection.hash());
    assertEquals(32, inspection.md5() == null ? 0 : inspection.md5().length());
    assertEquals(marker.toString(), inspection.path());
  }

  @Test
  void inspect_secondExecution_comesFromTheCache() {
    Path marker = settled(KernelTests.compile("marker", folder));
    KernelTests.run(marker);
    log.await(marker);
    long hits = inspector.counters().hits();

    KernelTests.run(marker);
    List<InspectionLog.Inspected> both = log.await(marker, 2);

    assertEquals(both.get(0).inspection().hash(), both.get(1).inspection().hash());
    assertTrue(inspector.counters().hits() > hits);
  }

  @Test
  void inspect_manyShortLivedUniquePrograms_allHaveTheirHash() throws IOException {
    Path marker = KernelTests.compile("marker", folder);

    for (int i = 0; i < 200; i++) {
      byte[] tail = ByteBuffer.allocate(4).putInt(i).array();
      KernelTests.run(KernelTests.copy(marker, folder.resolve("copy-" + i), tail));
    }

    for (int i = 0; i < 200; i++) {
      Path copy = folder.resolve("copy-" + i);
      assertEquals(known(copy), log.await(copy).hash(), copy.toString());
    }
  }

  @Test
  void inspect_memfdThatStaysAlive_hasItsHash() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    KernelTests.run(launch, "memfd", marker, "300");
    InspectionLog.Inspected result = log.await("memfd:exonward-test", 1).getFirst();

    assertEquals(CodeOrigin.MEMFD, result.exec().origin());
    assertEquals(known(marker), result.inspection().hash());
  }

  @Test
  void inspect_memfdThatEndsAtOnce_isReportedWithHashOrReason() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);

    KernelTests.run(launch, "memfd", marker);
    InspectionLog.Inspected result = log.await("memfd:exonward-test", 1).getFirst();

    assertEquals(CodeOrigin.MEMFD, result.exec().origin());
    switch (result.inspection().hash()) {
      case ContentHash.Known hash -> assertEquals(known(marker), hash);
      case ContentHash.Missing missing -> assertEquals(HashAbsence.PROCESS_GONE, missing.reason());
    }
  }

  @Test
  void inspect_unlinkedFile_hasItsHash() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path launch = KernelTests.compile("launch", folder);
    ContentHash expected = known(marker);

    KernelTests.run(launch, "deleted", marker);
    InspectionLog.Inspected result = log.await(marker, 1).getFirst();

    assertEquals(CodeOrigin.DELETED, result.exec().origin());
    assertEquals(expected, result.inspection().hash());
  }

  @Test
  void inspect_programOnTmpfsOfAnotherNamespace_hasItsHashWhileItLives() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path mount = Files.createDirectory(folder.resolve("mount"));
    String script =
        "mount -t tmpfs tmpfs \"$1\" && cp \"$0\" \"$1\"/a && \"$1\"/a 300; "
            + "cp \"$0\" \"$1\"/b && echo x >> \"$1\"/b && \"$1\"/b";

    KernelTests.run("unshare", "-m", "/bin/sh", "-c", script, marker, mount);

    assertEquals(known(marker), log.await(mount.resolve("a")).hash());
    // By now the filesystem is marked, so that a short life is long enough.
    Path second = KernelTests.copy(marker, folder.resolve("b"), (byte) 'x', (byte) '\n');
    assertEquals(known(second), log.await(mount.resolve("b")).hash());
  }

  @Test
  void inspect_fileReplacedWhileItRuns_hasTheHashOfWhatRuns() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path other = KernelTests.copy(marker, folder.resolve("other"), (byte) 1);
    ContentHash expected = known(marker);

    Process process = KernelTests.start(marker, "300");
    Files.move(other, marker, StandardCopyOption.REPLACE_EXISTING);
    Inspection inspection = log.await(marker);

    assertEquals(expected, inspection.hash());
    assertNotEquals(known(marker), inspection.hash());
    process.destroy();
  }

  @Test
  void inspect_fileRewrittenInPlace_hasItsNewHash() throws IOException {
    Path marker = settled(KernelTests.compile("marker", folder));
    KernelTests.run(marker);
    ContentHash first = log.await(marker).hash();

    Files.write(marker, new byte[] {1}, StandardOpenOption.APPEND);
    KernelTests.run(marker);
    ContentHash second = log.await(marker, 2).get(1).inspection().hash();

    assertEquals(known(marker), second);
    assertNotEquals(first, second);
  }

  @Test
  void inspect_fileChangedThroughMapping_hasItsNewHash() throws IOException {
    Path mapwrite = KernelTests.compile("mapwrite", folder);
    Path program =
        KernelTests.copy(KernelTests.compile("marker", folder), folder.resolve("mapped"), (byte) 1);
    settled(program);
    KernelTests.run(program);
    ContentHash first = log.await(program).hash();

    assertEquals(0, KernelTests.run(mapwrite, program));
    KernelTests.run(program);
    ContentHash second = log.await(program, 2).get(1).inspection().hash();

    assertEquals(known(program), second);
    assertNotEquals(first, second);
  }

  @Test
  void inspect_fileChangedThroughMappingOnTmpfs_hasItsNewHash() throws IOException {
    Path shared = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(shared), "needs a tmpfs at /dev/shm");
    Path mapwrite = KernelTests.compile("mapwrite", folder);
    Path program = Files.createTempFile(shared, "exonward", "test");
    try {
      KernelTests.copy(KernelTests.compile("marker", folder), program, (byte) 1);
      settled(program);
      KernelTests.run(program, "100");
      ContentHash first = log.await(program).hash();

      assertEquals(0, KernelTests.run(mapwrite, program));
      KernelTests.run(program, "100");
      ContentHash second = log.await(program, 2).get(1).inspection().hash();

      assertEquals(known(program), second);
      assertNotEquals(first, second);
    } finally {
      Files.delete(program);
    }
  }

  @Test
  void inspect_largeFile_isHashedWithinTheReadLimit() throws IOException {
    Path marker = KernelTests.compile("marker", folder);
    Path large = KernelTests.copy(marker, folder.resolve("large"));
    try (FileChannel channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 200L << 20);
    }

    Process process = KernelTests.start(large, "5000");
    Inspection inspection = log.await(large);
    process.destroy();

    assertEquals(known(large), inspection.hash());
  }

  private static ContentHash known(Path file) throws IOException {
    return new ContentHash.Known(Sha256.digest(Files.readAllBytes(file)));
  }

  /** Waits until the file's change time is older than the grain of the filesystem's clock. */
  private static Path settled(Path file) {
    Instant end = Instant.now().plus(Duration.ofMillis(150));
    while (Instant.now().isBefore(end)) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    return file;
  }
}
