package io.exonward.common.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host's sensors can see.
 *
 * @param level which tier runs
 * @param blindSpots what it cannot see, in words
 * @param since when this became so
 */
public record Coverage(
    SensorLevel level, List<SensorStatus> sensors, List<String> blindSpots, Instant since) {
  public Coverage {
    sensors = List.copyOf(sensors);
    blindSpots = List.copyOf(blindSpots);
  }

  /** Which tier of sensors runs. */
  public enum SensorLevel {
    /** Every execution by eBPF, bytes by fanotify. */
    FULL,
    /**
     * Every execution, but short-lived ones may lack a hash; or bytes but executions by the
     * connector.
     */
    REDUCED,
    /** Polling only: short-lived processes are missed. */
    MINIMAL,
    /** Nothing is seen. */
    NONE
  }

  /** State of one sensor. */
  public enum SensorState {
    RUNNING,
    /** Not needed, because a better one runs. */
    STANDBY,
    /** Refused by this kernel or its permissions. */
    UNAVAILABLE,
    /** Ran and broke. */
    FAILED
  }

  /**
   * @param sensor "ebpf", "connector", "procfs" or "fanotify"
   * @param detail why it is in that state; null if there is nothing to say
   * @param events seen since the agent started
   * @param losses known to be missing since the agent started
   */
  public record SensorStatus(
      String sensor, SensorState state, @Nullable String detail, long events, long losses) {}
}
