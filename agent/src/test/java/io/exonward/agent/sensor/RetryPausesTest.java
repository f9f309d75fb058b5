package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryPausesTest {
  private static final Duration STABLE = Duration.ofMinutes(10);

  private final RetryPauses pauses =
      new RetryPauses(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)), STABLE);

  @Test
  void next_eachTime_growsUpToTheLast() {
    assertEquals(Duration.ofSeconds(1), pauses.next(Duration.ZERO));
    assertEquals(Duration.ofSeconds(5), pauses.next(Duration.ofSeconds(9)));
    assertEquals(Duration.ofSeconds(5), pauses.next(Duration.ofSeconds(9)));
  }

  @Test
  void next_afterALongRun_startsAgain() {
    pauses.next(Duration.ZERO);
    pauses.next(Duration.ZERO);

    assertEquals(Duration.ofSeconds(1), pauses.next(STABLE));
  }
}
