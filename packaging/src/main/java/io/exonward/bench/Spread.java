package io.exonward.bench;

import java.util.List;
import java.util.Locale;

/**
 * Median and extremes over rounds.
 *
 * @param count how many values
 */
record Spread(double median, double least, double most, int count) {
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
  }

  /**
   * Median with extremes in parentheses, such as {@code 1.02 (0.99-1.10)}; a dash for no values.
   */
  String text(int digits) {
    if (count == 0) {
      return "-";
    }
    String number = "%." + digits + "f";
    return count == 1
        ? String.format(Locale.ROOT, number, median)
        : String.format(
            Locale.ROOT, number + " (" + number + "-" + number + ")", median, least, most);
  }
}
