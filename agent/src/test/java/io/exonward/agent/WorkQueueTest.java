package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.process.ProcessId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final TestClock clock = new TestClock();
  private final WorkQueue queue = new WorkQueue(3, clock);

  private static KernelEvent exit(int pid) {
    return new KernelEvent.Exit(new ProcessId(new UUID(1, 2), pid, 1), 0, Instant.EPOCH);
  }

  @Test
  void accept_full_dropsTheNewestAndCountsThem() throws InterruptedException {
    for (int pid = 1; pid <= 5; pid++) {
      queue.accept(exit(pid));
    }

    assertEquals(3, queue.take(10, 0).events().size());
    assertEquals(new WorkQueue.Overflow(2, clock.instant()), queue.takeOverflow().orElseThrow());
    assertTrue(queue.takeOverflow().isEmpty());
  }

  @Test
  void isFilling_halfFull_untilTaken() throws InterruptedException {
    queue.accept(exit(1));
    boolean before = queue.isFilling();
    queue.accept(exit(2));

    assertFalse(before);
    assertTrue(queue.isFilling());
    queue.take(10, 0);
    assertFalse(queue.isFilling());
  }

  @Test
  void accept_textOverTheLimit_isDropped() throws InterruptedException {
    queue.accept(exec("x".repeat(700)));
    queue.accept(exec("x".repeat(100)));
    queue.accept(exec("y"));

    assertEquals(2, queue.take(10, 0).events().size());
    assertEquals(1, queue.takeOverflow().orElseThrow().count());
    queue.accept(exec("x".repeat(700)));
    assertEquals(1, queue.take(10, 0).events().size());
  }

  private static KernelEvent exec(String argument) {
    return new KernelEvent.Exec(
        false,
        new ProcessId(new UUID(1, 2), 1, 1),
        null,
        new KernelEvent.Circumstances(0, 0, CodeOrigin.FILE, null, null, null, 0, 0, false),
        List.of(argument),
        false,
        null,
        Instant.EPOCH);
  }

  @Test
  void acceptAll_moreThanThereIsRoomFor_keepsTheFirstAndCountsTheRest()
      throws InterruptedException {
    queue.acceptAll(List.of(exit(1), exit(2), exit(3), exit(4)));

    assertEquals(List.of(exit(1), exit(2), exit(3)), queue.take(10, 0).events());
    assertEquals(1, queue.takeOverflow().orElseThrow().count());
  }

  @Test
  void finish_full_isNeverDropped() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      queue.accept(exit(i + 1));
      queue.finish(done::incrementAndGet);
    }

    queue.take(1, 0).finished().forEach(Runnable::run);

    assertEquals(10, done.get());
  }

  @Test
  void take_atMostSo_keepsTheRestInOrder() throws InterruptedException {
    queue.accept(exit(1));
    queue.accept(exit(2));

    assertEquals(exit(1), queue.take(1, 0).events().getFirst());
    assertEquals(exit(2), queue.take(1, 0).events().getFirst());
  }
}
