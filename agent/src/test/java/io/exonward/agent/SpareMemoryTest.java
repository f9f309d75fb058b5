package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SpareMemoryTest {
  private static final long MIB = 1 << 20;

  private long heapBytes = 40 * MIB;
  private int times;
  private int drops;
  private final SpareMemory memory = new SpareMemory(() -> heapBytes, this::collect, () -> drops++);

  @Test
  void look_afterStart_collectsTwice() {
    Duration first = memory.untilNextLook();
    memory.look();
    Duration second = memory.untilNextLook();
    memory.look();

    assertEquals(2, times);
    assertEquals(Duration.ofSeconds(5), first);
    assertEquals(Duration.ofSeconds(40), second);
  }

  @Test
  void look_idle_neverCollectsAgain() {
    lookTimes(1000);

    assertEquals(2, times);
    assertEquals(Duration.ofMinutes(1), memory.untilNextLook());
  }

  @Test
  void look_always_dropsPagesOfFiles() {
    lookTimes(10);

    assertEquals(10, drops);
  }

  @Test
  void look_heapGrewByLessThanOneMiB_leavesIt() {
    lookTimes(2);

    heapBytes += MIB - 1;
    lookTimes(1);

    assertEquals(2, times);
  }

  @Test
  void look_burstMadeHeapGrow_collectsOnce() {
    lookTimes(2);

    heapBytes = 48 * MIB;
    lookTimes(10);

    assertEquals(3, times);
    assertEquals(8 * MIB, heapBytes);
  }

  private void collect() {
    times++;
    heapBytes = 8 * MIB;
  }

  private void lookTimes(int count) {
    for (int i = 0; i < count; i++) {
      memory.look();
    }
  }
}
