package io.exonward.server.coverage;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.LossCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which what a host could see did not change.
 *
 * @param to end, exclusive
 * @param coverage as the agent stated it; null where {@link Account} is another
 * @param losses in it, by cause; one that ends in another period is counted there
 */
public record CoveragePeriod(
    Instant from,
    Instant to,
    Account account,
    @Nullable Coverage coverage,
    List<LossTotal> losses) {
  public CoveragePeriod {
    losses = List.copyOf(losses);
  }

  /** Where the knowledge comes from. */
  public enum Account {
    /** The agent said so. */
    STATED,
    /** The agent said later that it was not running. */
    AGENT_DOWN,
    /** The agent is not heard and has not accounted for this time yet. */
    NOT_HEARD,
    /** No agent ever accounted for this time. */
    NOT_REPORTED
  }

  /**
   * Losses of one cause.
   *
   * @param intervals how many were reported
   * @param events that they are known to sum up to
   * @param hasUncounted some of them do not say how many events
   */
  public record LossTotal(LossCause cause, int intervals, long events, boolean hasUncounted) {
    /** Together with others of the same cause. */
    LossTotal plus(LossTotal other) {
      return new LossTotal(
          cause,
          intervals + other.intervals,
          events + other.events,
          hasUncounted || other.hasUncounted);
    }
  }

  /** Null: nobody can say. */
  public @Nullable SensorLevel level() {
    return switch (account) {
      case STATED -> coverage == null ? null : coverage.level();
      case AGENT_DOWN -> SensorLevel.NONE;
      case NOT_HEARD, NOT_REPORTED -> null;
    };
  }

  /** What could not be seen, in words. */
  public List<String> blindSpots() {
    return switch (account) {
      case STATED -> coverage == null ? List.of() : coverage.blindSpots();
      case AGENT_DOWN -> List.of("the agent was not running: nothing was seen");
      case NOT_HEARD -> List.of("the agent is not heard: what it sees is not known yet");
      case NOT_REPORTED -> List.of("no agent has accounted for this time");
    };
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /** Everything was seen, and nothing lost. */
  public boolean isWhole() {
    return level() == SensorLevel.FULL && losses.isEmpty();
  }
}
