package io.exonward.server.coverage;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.LossCause;
import io.exonward.server.coverage.CoveragePeriod.LossTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one host could see in a time, in sums.
 *
 * @param isWhole everything was seen, and nothing lost
 * @param levels how long at each level; those that never held are absent
 * @param unknown how long nobody can say
 * @param losses by cause
 */
public record HostCoverage(
    Instant from,
    Instant to,
    boolean isWhole,
    Map<SensorLevel, Duration> levels,
    Duration unknown,
    List<LossTotal> losses) {
  public HostCoverage {
    levels = Map.copyOf(levels);
    losses = List.copyOf(losses);
  }

  /** Sums of periods without gap, oldest first; there is at least one. */
  static HostCoverage of(List<CoveragePeriod> periods) {
    Map<SensorLevel, Duration> levels = new EnumMap<>(SensorLevel.class);
    Duration unknown = Duration.ZERO;
    for (CoveragePeriod period : periods) {
      SensorLevel level = period.level();
      if (level == null) {
        unknown = unknown.plus(period.length());
      } else {
        levels.merge(level, period.length(), Duration::plus);
      }
    }
    return new HostCoverage(
        periods.getFirst().from(),
        periods.getLast().to(),
        periods.stream().allMatch(CoveragePeriod::isWhole),
        levels,
        unknown,
        sum(periods.stream().flatMap(period -> period.losses().stream())));
  }

  private static List<LossTotal> sum(Stream<LossTotal> totals) {
    Map<LossCause, LossTotal> sums = new EnumMap<>(LossCause.class);
    totals.forEach(total -> sums.merge(total.cause(), total, LossTotal::plus));
    return List.copyOf(sums.values());
  }
}
