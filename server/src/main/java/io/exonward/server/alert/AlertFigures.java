package io.exonward.server.alert;

import io.exonward.server.detect.Severity;
import io.exonward.server.inventory.HourCount;
import java.util.List;
import java.util.Map;

/**
 * Sums for the first page.
 *
 * @param open alerts that are not resolved or suppressed; severities without any are absent
 * @param hours alerts by the hour in which they were raised, oldest first, without empty hours
 */
public record AlertFigures(Map<Severity, Integer> open, List<HourCount> hours) {
  public AlertFigures {
    open = Map.copyOf(open);
    hours = List.copyOf(hours);
  }
}
