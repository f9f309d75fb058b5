package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.hash.HashAbsence;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadWorkersTest {
  private static final long SMALL = 1;
  private static final long LARGE = 100L << 20;

  private final CountDownLatch hang = new CountDownLatch(1);
  private final CountDownLatch noWait = new CountDownLatch(0);
  private final ReadWorkers workers =
      new ReadWorkers(
          new InspectLimits(Duration.ofMillis(50), Duration.ofMillis(50), 1000, 10, 3, 2, 2, 10),
          () -> new ContentReader(Clock.systemUTC(), 1000, _ -> false));

  @AfterEach
  void close() {
    hang.countDown();
    workers.close();
  }

  @Test
  void supervise_readerHangs_isGivenUpAndReplaced() {
    Task hanging = new Task(hang);
    Task next = new Task(noWait, 1);
    assertTrue(workers.submit(hanging, SMALL, false));

    await(() -> superviseUntil(hanging));
    assertTrue(workers.submit(next, SMALL, false));
    await(() -> next.hasRun);

    assertEquals(1, workers.hanging());
    assertEquals(1, workers.abandoned());
  }

  @Test
  void supervise_readerHangs_itsFilesystemIsNotReadUntilItComesBack() {
    Task hanging = new Task(hang, 1);
    workers.submit(hanging, SMALL, false);
    await(() -> superviseUntil(hanging));

    assertFalse(workers.submit(new Task(noWait, 1), SMALL, false));
    assertTrue(workers.isQuarantined(1));
    assertTrue(workers.submit(new Task(noWait, 2), SMALL, false));

    hang.countDown();
    await(() -> workers.hanging() == 0);
    Task next = new Task(noWait, 1);
    assertTrue(workers.submit(next, SMALL, false));
    await(() -> next.hasRun);
  }

  @Test
  void supervise_moreHangThanTheLimit_onlyProvenFilesystemsAreRead() {
    Task proof = new Task(noWait, 9);
    workers.submit(proof, SMALL, false);
    await(() -> proof.hasRun && !workers.isBusy());
    for (int device = 1; device <= 2; device++) {
      Task task = new Task(hang, device);
      workers.submit(task, SMALL, false);
      await(() -> !workers.isBusy() || superviseUntil(task));
    }

    Task proven = new Task(noWait, 9);
    assertFalse(workers.submit(new Task(noWait, 3), SMALL, false));
    assertTrue(workers.submit(proven, SMALL, false));
    await(() -> proven.hasRun);
  }

  @Test
  void supervise_filesOfAHangingFilesystemAreQueued_areDroppedWithTheReason() {
    Task first = new Task(hang, 1);
    Task second = new Task(hang, 1);
    Task third = new Task(noWait, 1);
    workers.submit(first, SMALL, false);
    workers.submit(second, SMALL, false);
    await(() -> first.isRunning && second.isRunning);
    workers.submit(third, SMALL, false);

    await(() -> superviseUntil(first) && superviseUntil(second));

    await(() -> third.dropped == HashAbsence.READ_FAILED);
    assertFalse(third.hasRun);
  }

  @Test
  void submit_largeFilesAreBeingRead_smallOnesPassThem() {
    Task slow = new Task(hang);
    Task waiting = new Task(noWait);
    Task small = new Task(noWait);
    workers.submit(slow, LARGE, false);
    await(() -> slow.isRunning);
    workers.submit(waiting, LARGE, false);

    workers.submit(small, SMALL, false);
    await(() -> small.hasRun);

    assertFalse(waiting.hasRun);
  }

  @Test
  void submit_queueIsFull_isRefused() {
    Task first = new Task(hang);
    workers.submit(first, LARGE, false);
    await(() -> first.isRunning);
    for (int i = 0; i < 3; i++) {
      assertTrue(workers.submit(new Task(noWait), LARGE, false));
    }

    assertFalse(workers.submit(new Task(noWait), LARGE, true));
  }

  private boolean superviseUntil(Task task) {
    workers.supervise();
    return task.isGivenUp;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "the condition did not come true");
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A file that takes as long as a test wants. */
  private static final class Task implements ReadTask {
    private final CountDownLatch hang;
    private volatile boolean isRunning;
    private volatile boolean hasRun;
    private volatile boolean isGivenUp;
    private volatile @Nullable HashAbsence dropped;
    private final long device;

    Task(CountDownLatch hang) {
      this(hang, 0);
    }

    Task(CountDownLatch hang, long device) {
      this.hang = hang;
      this.device = device;
    }

    @Override
    public long device() {
      return device;
    }

    @Override
    public void run(ContentReader reader) {
      isRunning = true;
      boolean isOver = false;
      while (!isOver) { // as in the kernel, an interrupt does not help
        try {
          isOver = hang.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          isOver = false;
        }
      }
      hasRun = true;
    }

    @Override
    public void giveUp() {
      isGivenUp = true;
    }

    @Override
    public void drop(HashAbsence reason) {
      dropped = reason;
    }
  }
}
