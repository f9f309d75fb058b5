package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.process.ProcessId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandOverTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

  private final HandOver turn = new HandOver(AT);

  @Test
  void before_isTheWorseOnes() {
    assertTrue(turn.isOfWorse(exec(1, -30)));
    assertFalse(turn.isOfBetter(exec(1, -30)));
  }

  @Test
  void after_isTheBetterOnes() {
    assertTrue(turn.isOfBetter(exec(1, 5)));
    assertFalse(turn.isOfWorse(exec(1, 6)));

    assertEquals(List.of(), turn.unseenByBetter());
  }

  @Test
  void worseIsLate_whatTheBetterOneLeftToItIsNotLost() {
    KernelEvent.Exec late = exec(1, 1);
    KernelEvent.Exec next = exec(1, 3);

    assertFalse(turn.isOfBetter(exec(1, -1)));
    assertTrue(turn.isOfBetter(exec(1, 2)));
    assertFalse(turn.isOfWorse(late));
    assertFalse(turn.isOfWorse(next));

    assertEquals(List.of(late), turn.unseenByBetter());
  }

  private static KernelEvent.Exec exec(int pid, int millis) {
    return new KernelEvent.Exec(
        false,
        new ProcessId(FakeKernel.BOOT, pid, pid),
        null,
        new KernelEvent.Circumstances(0, 0, CodeOrigin.FILE, null, null, null, 0, 0, false),
        List.of(),
        false,
        null,
        AT.plusMillis(millis));
  }
}
