package io.exonward.server.api;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.server.coverage.CoverageMoment;
import io.exonward.server.coverage.CoveragePeriod;
import io.exonward.server.coverage.CoveragePeriod.LossTotal;
import io.exonward.server.coverage.CoverageStore.ConnectivityChange;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.coverage.FleetCoverage;
import io.exonward.server.coverage.HostCoverage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What sensors can see in JSON. */
record CoverageView(
    String level, Instant since, List<SensorView> sensors, List<String> blindSpots) {
  static CoverageView of(Coverage it) {
    return new CoverageView(
        Fields.code(it.level()),
        it.since(),
        it.sensors().stream().map(SensorView::of).toList(),
        it.blindSpots());
  }

  /** State of one sensor. */
  record SensorView(
      String sensor, String state, @Nullable String detail, long events, long losses) {
    static SensorView of(Coverage.SensorStatus it) {
      return new SensorView(
          it.sensor(), Fields.code(it.state()), it.detail(), it.events(), it.losses());
    }
  }

  /** A time in which it did not change; without a level where nobody can say. */
  record PeriodView(
      Instant from,
      Instant to,
      String account,
      @Nullable String level,
      List<SensorView> sensors,
      List<String> blindSpots,
      List<LossTotalView> losses) {
    static PeriodView of(CoveragePeriod it) {
      Coverage coverage = it.coverage();
      return new PeriodView(
          it.from(),
          it.to(),
          Fields.code(it.account()),
          Fields.codeOrNull(it.level()),
          coverage == null ? List.of() : coverage.sensors().stream().map(SensorView::of).toList(),
          it.blindSpots(),
          LossTotalView.of(it.losses()));
    }
  }

  /** Losses of one cause. */
  record LossTotalView(String cause, int intervals, long events, boolean hasUncounted) {
    static List<LossTotalView> of(List<LossTotal> totals) {
      return totals.stream()
          .map(it ->
              new LossTotalView(
                  Fields.code(it.cause()), it.intervals(), it.events(), it.hasUncounted()))
          .toList();
    }
  }

  /** Whether the host was heard, from a time on. */
  record ConnectivityView(Instant since, String state) {
    static ConnectivityView of(ConnectivityChange it) {
      return new ConnectivityView(it.since(), Fields.code(it.state()));
    }
  }

  /** Sums over a time of one host. */
  record SumView(
      Instant from,
      Instant to,
      boolean isWhole,
      Map<String, Long> secondsByLevel,
      List<LossTotalView> losses) {
    static SumView of(HostCoverage it) {
      Map<String, Long> seconds = new LinkedHashMap<>();
      for (SensorLevel level : SensorLevel.values()) {
        var length = it.levels().get(level);
        seconds.put(Fields.code(level), length == null ? 0 : length.toSeconds());
      }
      seconds.put("unknown", it.unknown().toSeconds());
      return new SumView(it.from(), it.to(), it.isWhole(), seconds, LossTotalView.of(it.losses()));
    }
  }

  /** The ledger of one host; a list with more beside it. */
  record LedgerView(
      List<PeriodView> items,
      @Nullable String next,
      List<ConnectivityView> connectivity,
      SumView sum) {
    static LedgerView of(Coverages.Ledger it) {
      return new LedgerView(
          it.periods().items().stream().map(PeriodView::of).toList(),
          it.periods().next(),
          it.connectivity().stream().map(ConnectivityView::of).toList(),
          SumView.of(it.sum()));
    }
  }

  /** What a host could see at one time. */
  record MomentView(
      UUID hostId,
      Instant at,
      String account,
      @Nullable String level,
      List<String> blindSpots,
      List<LossTotalView> lossesAround) {
    static MomentView of(CoverageMoment it) {
      return new MomentView(
          it.hostId(),
          it.at(),
          Fields.code(it.period().account()),
          Fields.codeOrNull(it.period().level()),
          it.period().blindSpots(),
          LossTotalView.of(it.lossesAround()));
    }
  }

  /** Sums over all hosts. */
  record FleetView(
      Instant since,
      int hosts,
      int wholeHosts,
      int lossyHosts,
      Map<String, Integer> levels,
      List<FleetCoverage.BlindSpot> blindSpots) {
    static FleetView of(FleetCoverage it) {
      Map<String, Integer> levels = new LinkedHashMap<>();
      for (SensorLevel level : SensorLevel.values()) {
        levels.put(Fields.code(level), it.levels().getOrDefault(level, 0));
      }
      levels.put("unknown", it.unknownHosts());
      return new FleetView(
          it.since(), it.hosts(), it.wholeHosts(), it.lossyHosts(), levels, it.blindSpots());
    }
  }
}
