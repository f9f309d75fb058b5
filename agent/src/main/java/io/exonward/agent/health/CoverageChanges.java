package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorStatus;
import java.util.List;

/** Compares coverages by what they see, not by what they have counted. */
public final class CoverageChanges {
  private CoverageChanges() {}

  /** Whether both see the same. */
  public static boolean isSame(Coverage one, Coverage other) {
    return one.level() == other.level()
        && one.blindSpots().equals(other.blindSpots())
        && withoutCounts(one).equals(withoutCounts(other));
  }

  private static List<SensorStatus> withoutCounts(Coverage coverage) {
    return coverage.sensors().stream()
        .map(s -> new SensorStatus(s.sensor(), s.state(), s.detail(), 0, 0))
        .toList();
  }
}
