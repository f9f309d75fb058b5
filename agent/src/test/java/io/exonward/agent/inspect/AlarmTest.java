package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlarmTest {
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore looks = new Semaphore(0);
  private final Alarm alarm = new Alarm(Duration.ofMillis(1), this::look, () -> waiting.get() > 0);

  @AfterEach
  void close() {
    alarm.close();
  }

  private void look() {
    waiting.updateAndGet(count -> Math.max(0, count - 1));
    looks.release();
  }

  @Test
  void set_somethingWaits_looksUntilNothingDoes() throws InterruptedException {
    waiting.set(3);

    alarm.set();

    assertTrue(looks.tryAcquire(3, 10, TimeUnit.SECONDS));
    assertFalse(looks.tryAcquire(50, TimeUnit.MILLISECONDS));
  }

  @Test
  void set_again_looksAgain() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      waiting.incrementAndGet();
      alarm.set();
    }
    while (waiting.get() > 0) {
      assertTrue(looks.tryAcquire(10, TimeUnit.SECONDS));
    }

    assertEquals(0, waiting.get());
  }
}
