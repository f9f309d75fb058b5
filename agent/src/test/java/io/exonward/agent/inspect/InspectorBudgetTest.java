package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executions that cannot be hashed are answered once, with the reason. */
final class InspectorBudgetTest {
  private static final UUID BOOT = new UUID(1, 2);
  private static final int GONE_PID = Integer.MAX_VALUE; // above every pid_max
  private static final int EXT4 = LocalFilesystems.magic("ext4");
  private static final int FUSE = 0x65735546;

  private final BlockingQueue<Inspection> answers = new LinkedBlockingQueue<>();
  private final HashingInspector inspector =
      new HashingInspector(
          new InspectLimits(Duration.ofMillis(200), Duration.ofSeconds(1), 1000, 2, 8, 1, 1, 8),
          new ProcfsReader(BOOT, Clock.systemUTC()),
          _ -> false,
          Clock.systemUTC());

  @AfterEach
  void close() {
    inspector.close();
  }

  @Test
  void inspect_processIsGone_isAnsweredAtTheDeadline() throws InterruptedException {
    inspect(file(EXT4, 10, 1));

    assertEquals(HashAbsence.PROCESS_GONE, answer());
    assertEquals(0, answers.size());
  }

  @Test
  void inspect_fileUnknown_isAnsweredAtOnce() throws InterruptedException {
    inspect(null);

    assertEquals(HashAbsence.PROCESS_GONE, answer());
  }

  @Test
  void inspect_fuse_isNotRead() throws InterruptedException {
    inspect(file(FUSE, 10, 1));

    assertEquals(HashAbsence.FILESYSTEM_NOT_READ, answer());
  }

  @Test
  void inspect_largerThanTheLimit_isNotRead() throws InterruptedException {
    inspect(file(EXT4, 1001, 1));

    assertEquals(HashAbsence.TOO_LARGE, answer());
  }

  @Test
  void inspect_moreThanMayWait_isOverBudgetAndCounted() throws InterruptedException {
    inspect(file(EXT4, 10, 1));
    inspect(file(EXT4, 10, 2));
    inspect(file(EXT4, 10, 3));

    assertEquals(HashAbsence.OVER_BUDGET, answer());
    assertEquals(HashAbsence.PROCESS_GONE, answer());
    assertEquals(HashAbsence.PROCESS_GONE, answer());
    assertEquals(1, inspector.counters().absences().get(HashAbsence.OVER_BUDGET));
    assertEquals(0, inspector.counters().pending());
  }

  @Test
  void inspect_moreTextThanMayWait_isOverBudget() throws InterruptedException {
    inspect(file(EXT4, 10, 1), "/" + "x".repeat(1000));
    inspect(file(EXT4, 10, 2), "/" + "x".repeat(1000));

    assertEquals(HashAbsence.OVER_BUDGET, answer());
    assertEquals(HashAbsence.PROCESS_GONE, answer());
    inspect(file(EXT4, 10, 3), "/" + "x".repeat(1000));
    assertEquals(HashAbsence.PROCESS_GONE, answer());
  }

  @Test
  void close_whileSomethingWaits_isAnswered() throws InterruptedException {
    inspect(file(EXT4, 10, 1));

    inspector.close();

    answer();
    assertEquals(0, inspector.counters().pending());
  }

  private HashAbsence answer() throws InterruptedException {
    Inspection answer = answers.poll(5, TimeUnit.SECONDS);
    if (answer != null && answer.hash() instanceof ContentHash.Missing missing) {
      return missing.reason();
    }
    throw new AssertionError("answered with " + answer);
  }

  private void inspect(@Nullable FileIdentity file) {
    inspect(file, "/gone");
  }

  private void inspect(@Nullable FileIdentity file, String path) {
    inspector.inspect(
        new KernelEvent.Exec(
            false,
            new ProcessId(BOOT, GONE_PID, 1),
            null,
            new KernelEvent.Circumstances(0, 0, CodeOrigin.FILE, file, null, path, 0, 0, false),
            List.of(),
            false,
            null,
            Instant.EPOCH),
        answers::add);
  }

  private static FileIdentity file(int magic, long sizeBytes, long inode) {
    return new FileIdentity(8, 1, inode, 0, sizeBytes, 1, 1, magic, 0100755, 0);
  }
}
