package io.exonward.server.inventory;

import java.util.List;

/**
 * Sums for the first page.
 *
 * @param executions in the interval asked for
 * @param losses events known to be missing in it
 * @param hours executions by the hour in which they came in, oldest first, without empty hours
 */
public record InventoryFigures(
    long codeObjects, long executions, long losses, List<HourCount> hours) {
  public InventoryFigures {
    hours = List.copyOf(hours);
  }
}
