package io.exonward.agent.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.TestClock;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoverageReportsTest {
  private final TestClock clock = new TestClock();
  private final List<Coverage> sent = new ArrayList<>();
  private Coverage now = coverage(SensorLevel.FULL, 0);
  private final CoverageReports reports =
      new CoverageReports(
          () -> now,
          event -> {
            if (event.event() instanceof Event.CoverageChange change) {
              sent.add(change.coverage());
            }
          },
          clock);

  @Test
  void sendIfChanged_nothingChanged_isSentOnce() {
    lookFor(10);

    assertEquals(List.of(now), sent);
  }

  @Test
  void sendIfChanged_loss_isSentOnce() {
    lookFor(2);
    now = coverage(SensorLevel.FULL, 7);
    lookFor(10);

    assertEquals(List.of(coverage(SensorLevel.FULL, 0), now), sent);
  }

  @Test
  void sendIfChanged_flapping_isAtMostOneASecondAndEndsWithTheNewest() {
    for (int i = 1; i <= 100; i++) {
      now = coverage(SensorLevel.FULL, i);
      reports.sendIfChanged();
      clock.advance(Duration.ofMillis(100));
    }
    now = coverage(SensorLevel.NONE, 100);
    lookFor(2);

    assertEquals(11, sent.size());
    assertEquals(now, sent.getLast());
  }

  private void lookFor(int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      reports.sendIfChanged();
      clock.advance(Duration.ofMillis(100));
    }
  }

  private Coverage coverage(SensorLevel level, long losses) {
    return new Coverage(
        level,
        List.of(new SensorStatus("ebpf", SensorState.RUNNING, null, 0, losses)),
        List.of(),
        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.DAYS));
  }
}
