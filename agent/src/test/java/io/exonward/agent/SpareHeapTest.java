package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SpareHeapTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int collections;
  private final SpareHeap heap = new SpareHeap(() -> now, () -> collections++);

  @Test
  void giveBack_atStart_collectsOnceAfterFiveSeconds() {
    pass(Duration.ofSeconds(4));
    int early = collections;

    pass(Duration.ofSeconds(10));

    assertEquals(0, early);
    assertEquals(1, collections);
  }

  @Test
  void giveBack_whileIdle_neverCollectsAgain() {
    pass(Duration.ofSeconds(10));

    pass(Duration.ofHours(1));

    assertEquals(1, collections);
  }

  @Test
  void giveBack_whileBusy_collectsAtMostOnceAMinute() {
    pass(Duration.ofSeconds(5));

    for (int second = 0; second < 180; second++) {
      heap.used();
      pass(Duration.ofSeconds(1));
    }

    assertEquals(1 + 3, collections);
  }

  private void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(1);
      heap.giveBackIfDue();
    }
  }
}
