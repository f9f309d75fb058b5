package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadWorkersTest {
  private static final long SMALL = 1;
  private static final long LARGE = 100L << 20;

  private final CountDownLatch hang = new CountDownLatch(1);
  private final CountDownLatch noWait = new CountDownLatch(0);
  private final ReadWorkers workers =
      new ReadWorkers(
          new InspectLimits(Duration.ofMillis(50), Duration.ofMillis(50), 1000, 10, 3, 2, 1, 10),
          () -> new ContentReader(Clock.systemUTC(), 1000));

  @AfterEach
  void close() {
    hang.countDown();
    workers.close();
  }

  @Test
  void supervise_readerHangs_isGivenUpAndReplaced() {
    Task hanging = new Task(hang);
    Task next = new Task(noWait);
    assertTrue(workers.submit(hanging, SMALL, false));

    await(() -> superviseUntil(hanging));
    assertTrue(workers.submit(next, SMALL, false));
    await(() -> next.hasRun);

    assertEquals(1, workers.hanging());
    assertEquals(1, workers.abandoned());
  }

  @Test
  void supervise_moreHangThanTheLimit_nothingIsTakenAnyMore() {
    for (int i = 0; i < 3; i++) {
      Task task = new Task(hang);
      assertTrue(workers.submit(task, SMALL, false));
      await(() -> superviseUntil(task));
    }

    assertFalse(workers.submit(new Task(noWait), SMALL, false));
    assertEquals(3, workers.hanging());
  }

  @Test
  void supervise_hungReaderComesBack_worksAgain() {
    for (int i = 0; i < 3; i++) {
      Task task = new Task(hang);
      assertTrue(workers.submit(task, SMALL, false));
      await(() -> superviseUntil(task));
    }

    hang.countDown();
    await(() -> workers.hanging() == 0);
    Task next = new Task(noWait);
    await(() -> workers.submit(next, SMALL, false));

    await(() -> next.hasRun);
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

    Task(CountDownLatch hang) {
      this.hang = hang;
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
    public void drop() {}
  }
}
