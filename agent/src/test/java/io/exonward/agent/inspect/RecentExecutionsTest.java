package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecentExecutionsTest {
  private static final UUID BOOT = new UUID(1, 2);

  private final RecentExecutions executions = new RecentExecutions();

  @Test
  void find_executedTwice_isTheLast() {
    executions.add(exec(10, 1, 100));
    executions.add(exec(10, 2, 200));

    assertEquals(Optional.of(place(10, 2)), executions.find(10));
  }

  @Test
  void find_anotherPidTookTheSlot_isEmpty() {
    executions.add(exec(10, 1, 100));
    executions.add(exec(10 + 2048, 1, 101));

    assertEquals(Optional.empty(), executions.find(10));
    assertEquals(Optional.of(place(10 + 2048, 1)), executions.find(10 + 2048));
  }

  @Test
  void wasExecuted_thatVersionOnly() {
    executions.add(exec(10, 1, 100));

    assertTrue(executions.wasExecuted(7, 100));
    assertFalse(executions.wasExecuted(7, 101));
    assertFalse(executions.wasExecuted(7 + 2048, 100));
  }

  private static RecentExecutions.Place place(int pid, long startTicks) {
    return new RecentExecutions.Place(new ProcessId(BOOT, pid, startTicks), 3, 4);
  }

  private static KernelEvent.Exec exec(int pid, long startTicks, long ctimeNanos) {
    return new KernelEvent.Exec(
        false,
        new ProcessId(BOOT, pid, startTicks),
        null,
        new KernelEvent.Circumstances(
            0,
            0,
            CodeOrigin.FILE,
            new FileIdentity(8, 1, 7, 0, 10, ctimeNanos, 1, 0xef53, 0100755, 0),
            null,
            null,
            3,
            4,
            false),
        List.of(),
        false,
        null,
        Instant.EPOCH);
  }
}
