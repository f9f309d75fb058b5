package io.exonward.agent.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriteQueueTest {
  private final WriteQueue queue = new WriteQueue(7, InstantSource.system());

  @Test
  void append_urgentAmongUnhurried_takesThemAlong() throws InterruptedException {
    queue.append(Priority.UNHURRIED, new byte[10]);
    queue.append(Priority.LOW, new byte[10]);
    long sequence = queue.append(Priority.URGENT, new byte[10]);

    Batch batch = Objects.requireNonNull(queue.await());

    assertEquals(9, sequence);
    assertEquals(7, batch.firstSequence());
    assertEquals(3, batch.count());
  }

  @Test
  void append_unhurried_waitsForCompany() throws InterruptedException {
    long begin = System.nanoTime();
    queue.append(Priority.UNHURRIED, new byte[10]);

    Batch batch = Objects.requireNonNull(queue.await());

    assertEquals(1, batch.count());
    assertTrue(System.nanoTime() - begin >= 1_000_000_000L);
  }

  @Test
  void append_urgentOnesInARow_goTogether() throws InterruptedException {
    queue.append(Priority.URGENT, new byte[10]);
    Batch first = Objects.requireNonNull(queue.await());
    long begin = System.nanoTime();
    queue.append(Priority.URGENT, new byte[10]);
    queue.append(Priority.URGENT, new byte[10]);

    Batch second = Objects.requireNonNull(queue.await());

    assertEquals(1, first.count());
    assertEquals(2, second.count());
    assertTrue(System.nanoTime() - begin < 1_000_000_000L);
  }

  @Test
  void append_muchUnhurried_goesAtOnce() throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      queue.append(Priority.UNHURRIED, new byte[60 << 10]);
    }

    Batch batch = Objects.requireNonNull(queue.await());

    assertEquals(5, batch.count());
    assertTrue(System.nanoTime() - begin < 1_000_000_000L);
  }

  @Test
  void close_recordsWait_goBeforeTheEnd() throws InterruptedException {
    queue.append(Priority.LOW, new byte[10]);
    queue.close();

    assertEquals(1, Objects.requireNonNull(queue.await()).count());
    assertNull(queue.await());
  }
}
