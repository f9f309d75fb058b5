package io.exonward.agent.sensor.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SequenceGapsTest {
  private final SequenceGaps gaps = new SequenceGaps();

  @Test
  void missingBefore_firstOfAProcessor_isNoGap() {
    assertEquals(0, gaps.missingBefore(0, 17));
    assertEquals(0, gaps.missingBefore(1, 99));
  }

  @Test
  void missingBefore_numbersLeftOut_areCountedForEachProcessor() {
    gaps.missingBefore(0, 17);
    gaps.missingBefore(1, 3);

    assertEquals(2, gaps.missingBefore(0, 20));
    assertEquals(0, gaps.missingBefore(1, 4));
  }

  @Test
  void missingBefore_numbersWrap_isNoGap() {
    gaps.missingBefore(0, -1);

    assertEquals(0, gaps.missingBefore(0, 0));
  }
}
