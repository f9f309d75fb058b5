package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the sensors see, less what the agent sheds to stay within its limits. Thread-safe. */
public final class CurrentCoverage implements Supplier<Coverage> {
  private final Supplier<Coverage> sensors;
  private final CpuGovernor governor;

  public CurrentCoverage(Supplier<Coverage> sensors, CpuGovernor governor) {
    this.sensors = sensors;
    this.governor = governor;
  }

  @Override
  public Coverage get() {
    Coverage seen = sensors.get();
    CpuGovernor.Shedding shedding = governor.shedding();
    Instant since = seen.since().isAfter(shedding.since()) ? seen.since() : shedding.since();
    if (shedding.level() == 0) {
      return new Coverage(seen.level(), seen.sensors(), seen.blindSpots(), since);
    }
    List<String> spots = new ArrayList<>();
    spots.add(text(shedding));
    spots.addAll(seen.blindSpots());
    return new Coverage(seen.level(), seen.sensors(), spots, since);
  }

  private static String text(CpuGovernor.Shedding shedding) {
    String what =
        shedding.level() == 1
            ? "repeated executions are only counted"
            : "repeated executions are only counted, arguments and working directories left out";
    return "to keep the limit of processor time since "
        + shedding.since().truncatedTo(ChronoUnit.SECONDS)
        + ": "
        + what;
  }
}
