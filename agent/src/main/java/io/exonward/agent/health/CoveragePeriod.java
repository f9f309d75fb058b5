package io.exonward.agent.health;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time during which the same could be seen.
 *
 * @param to null if it lasts
 * @param level as on the wire, or {@link #OFF} while the agent did not run
 * @param sensors names of those that ran
 * @param blindSpots what was not seen, in words
 * @param losses what is known to be missing
 * @param note how the agent ended; null if there is nothing to say
 */
public record CoveragePeriod(
    Instant from,
    @Nullable Instant to,
    String level,
    List<String> sensors,
    List<String> blindSpots,
    List<Loss> losses,
    @Nullable String note) {
  /** In place of a level: the agent did not run. */
  public static final String OFF = "off";

  public CoveragePeriod {
    sensors = List.copyOf(sensors);
    blindSpots = List.copyOf(blindSpots);
    losses = List.copyOf(losses);
  }

  /**
   * Events known to be missing.
   *
   * @param count 0 if not known
   * @param sensor null if it is not one sensor's
   */
  public record Loss(String cause, Instant from, Instant to, long count, @Nullable String sensor) {}

  /** A time without an agent. */
  static CoveragePeriod off(Instant from, @Nullable Instant to, String note) {
    return new CoveragePeriod(from, to, OFF, List.of(), List.of(), List.of(), note);
  }
}
