package io.exonward.server.coverage;

import io.exonward.common.event.Coverage.SensorLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What could be seen on all hosts that are not banned.
 *
 * @param since begin of the time that it is about
 * @param wholeHosts everything was seen on them in that time, and nothing lost
 * @param lossyHosts with losses in that time
 * @param levels hosts that are heard, by their level now; levels without any are absent
 * @param unknownHosts not heard now, or without a statement
 * @param blindSpots of hosts that are heard, most frequent first, at most ten
 */
public record FleetCoverage(
    Instant since,
    int hosts,
    int wholeHosts,
    int lossyHosts,
    Map<SensorLevel, Integer> levels,
    int unknownHosts,
    List<BlindSpot> blindSpots) {
  public FleetCoverage {
    levels = Map.copyOf(levels);
    blindSpots = List.copyOf(blindSpots);
  }

  /**
   * Something that hosts cannot see.
   *
   * @param text untrusted
   */
  public record BlindSpot(String text, int hosts) {}
}
