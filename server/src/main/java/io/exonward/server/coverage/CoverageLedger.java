package io.exonward.server.coverage;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.server.coverage.CoveragePeriod.Account;
import io.exonward.server.coverage.CoveragePeriod.LossTotal;
import io.exonward.server.coverage.CoverageStore.StatementRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one host could see, as periods without gap or overlap.
 *
 * <p>Coverage and connectivity are two things. Coverage is what the host saw: the agent states it
 * with the time since when it is so, and writes it into its spool as it does events, so that it
 * holds whether or not the server hears of it at that time. Connectivity is whether the server
 * heard the agent. A network that fails for an hour costs an hour of connectivity and, once the
 * spool is delivered, no coverage at all; an agent that is stopped for an hour costs both. So
 * silence never writes into this ledger: a host that is silent <em>now</em> has a last period that
 * nobody has accounted for yet, derived from when it was last heard. It vanishes by itself when the
 * agent is heard again, and what the agent then delivers takes its place: its statements of that
 * time, or the loss that says it was not running.
 *
 * <p>Computed: statements are steps of a function of time, each held until the next; the times in
 * which the agent was not running are cut out; what lies behind the horizon, where the agent was
 * last heard, is not known. Adjacent periods that differ in nothing are one. One sweep over the
 * sorted boundaries, O(n log n). Between reconnection and the last delivery from the spool the
 * account of the gap is provisional.
 *
 * <p>Not handled: an agent that lies about itself.
 */
final class CoverageLedger {
  private final Instant from;
  private final Instant to;
  private final NavigableMap<Instant, StatementRow> statements = new TreeMap<>();
  private final NavigableMap<Instant, Integer> outages = new TreeMap<>();
  private final List<Event.Loss> losses;

  private record Step(Account account, @Nullable Coverage coverage) {
    boolean isLike(Step other) {
      return account == other.account
          && Objects.equals(withoutCounts(coverage), withoutCounts(other.coverage));
    }

    /** Sensors count all the time: that alone begins no new period. */
    private static @Nullable Coverage withoutCounts(@Nullable Coverage it) {
      return it == null
          ? null
          : new Coverage(
              it.level(),
              it.sensors().stream()
                  .map(sensor ->
                      new Coverage.SensorStatus(
                          sensor.sensor(), sensor.state(), sensor.detail(), 0, 0))
                  .toList(),
              it.blindSpots(),
              Instant.EPOCH);
    }
  }

  /**
   * @param stated in any order, with the newest of those before {@code from}
   * @param losses that touch the interval
   */
  CoverageLedger(Instant from, Instant to, List<StatementRow> stated, List<Event.Loss> losses) {
    this.from = from;
    this.to = to;
    this.losses = losses;
    stated.forEach(statement -> statements.put(statement.since(), statement));
    for (Event.Loss loss : losses) {
      if (loss.cause() == LossCause.AGENT_DOWN && loss.from().isBefore(loss.to())) {
        outages.merge(loss.from(), 1, Integer::sum);
        outages.merge(loss.to(), -1, Integer::sum);
      }
    }
  }

  /**
   * Oldest first.
   *
   * @param horizon when the agent was last heard; what comes later is not known
   */
  List<CoveragePeriod> periods(Instant horizon) {
    NavigableMap<Instant, Step> steps = steps(horizon);
    List<CoveragePeriod> periods = new ArrayList<>(steps.size());
    for (Map.Entry<Instant, Step> step : steps.entrySet()) {
      Instant next = steps.higherKey(step.getKey());
      Instant end = next == null ? to : next;
      periods.add(
          new CoveragePeriod(
              step.getKey(),
              end,
              step.getValue().account(),
              step.getValue().coverage(),
              totals(losses.stream().filter(loss -> endsIn(loss, step.getKey(), end)).toList())));
    }
    return periods;
  }

  private NavigableMap<Instant, Step> steps(Instant horizon) {
    NavigableMap<Instant, Step> steps = new TreeMap<>();
    Step before = null;
    for (Instant at : boundaries(horizon)) {
      Step step = at.isBefore(horizon) ? stepAt(at) : new Step(Account.NOT_HEARD, null);
      if (before == null || !step.isLike(before)) {
        steps.put(at, step);
        before = step;
      }
    }
    return steps;
  }

  private List<Instant> boundaries(Instant horizon) {
    TreeMap<Instant, Boolean> all = new TreeMap<>();
    all.put(from, true);
    all.put(horizon, true);
    statements.keySet().forEach(at -> all.put(at, true));
    outages.keySet().forEach(at -> all.put(at, true));
    return List.copyOf(all.subMap(from, to).keySet());
  }

  private Step stepAt(Instant at) {
    int depth = outages.headMap(at, true).values().stream().mapToInt(Integer::intValue).sum();
    if (depth > 0) {
      return new Step(Account.AGENT_DOWN, null);
    }
    Map.Entry<Instant, StatementRow> held = statements.floorEntry(at);
    Coverage coverage = held == null ? null : held.getValue().coverage();
    return new Step(coverage == null ? Account.NOT_REPORTED : Account.STATED, coverage);
  }

  private boolean endsIn(Event.Loss loss, Instant start, Instant end) {
    Instant last = loss.to().isBefore(to) ? loss.to() : to;
    boolean isAtEnd = last.equals(to) && end.equals(to);
    return isAtEnd || (!last.isBefore(start) && last.isBefore(end));
  }

  /** By cause. */
  static List<LossTotal> totals(List<Event.Loss> losses) {
    Map<LossCause, LossTotal> totals = new EnumMap<>(LossCause.class);
    for (Event.Loss loss : losses) {
      totals.merge(
          loss.cause(),
          new LossTotal(loss.cause(), 1, loss.count(), loss.count() == 0),
          LossTotal::plus);
    }
    return List.copyOf(totals.values());
  }
}
