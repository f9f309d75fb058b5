package io.exonward.agent.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CpuGovernorTest {
  private final TestClock clock = new TestClock();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final CpuGovernor governor = new CpuGovernor(5, cpuNanos::get, clock);

  @Test
  void look_startUp_isSpared() {
    run(20, 100);

    assertEquals(0, governor.getAsInt());
  }

  @Test
  void look_belowTheLimit_shedsNothing() {
    run(300, 4);

    assertEquals(0, governor.getAsInt());
    assertEquals(Instant.MIN, governor.shedding().since());
  }

  @Test
  void look_overTheLimit_shedsMoreAndMoreUpToTheMost() {
    run(30, 1);

    run(2, 50);
    int soon = governor.getAsInt();
    run(60, 50);

    assertEquals(1, soon, "after two seconds");
    assertEquals(CpuGovernor.MAX_LEVEL, governor.getAsInt());
    assertEquals(2, governor.usage().raised());
  }

  @Test
  void look_shortBurst_isAveragedAway() {
    run(30, 1);

    run(1, 30);
    run(30, 1);

    assertEquals(0, governor.usage().raised());
  }

  @Test
  void look_justBelowTheLimit_keepsTheLevel() {
    run(30, 1);
    run(60, 50);

    run(600, 4.5);

    assertEquals(CpuGovernor.MAX_LEVEL, governor.getAsInt());
  }

  @Test
  void look_quietAgain_lowersStepByStep() {
    run(30, 1);
    run(60, 50);

    run(45, 1);
    int some = governor.getAsInt();
    run(30, 1);

    assertTrue(some == 1 || some == 2, "after 45 seconds: " + some);
    assertEquals(0, governor.getAsInt());
  }

  @Test
  void look_idleWithoutLooks_isLoweredByOneLook() {
    run(30, 1);
    run(60, 50);

    clock.advance(Duration.ofHours(1));
    governor.look();

    assertEquals(0, governor.getAsInt());
  }

  /** Uses so much of a processor for so long, looked at ten times a second. */
  private void run(int seconds, double percent) {
    for (int i = 0; i < seconds * 10; i++) {
      clock.advance(Duration.ofMillis(100));
      cpuNanos.addAndGet((long) (percent * 1_000_000));
      governor.look();
    }
  }
}
