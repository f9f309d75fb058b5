package io.exonward.server.cli.gene;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts what was left out. What may hide code is said one by one, so that somebody can look at it;
 * of a thousand scripts the number is enough.
 *
 * <p>Not thread-safe.
 */
final class Omissions {
  private final Map<Omission, Integer> counts = new EnumMap<>(Omission.class);
  private final Consumer<String> messages;

  Omissions(Consumer<String> messages) {
    this.messages = messages;
  }

  void count(String name, Omission why, String detail) {
    counts.merge(why, 1, Integer::sum);
    if (why.isGap()) {
      messages.accept(name + ": " + why.text() + (detail.isEmpty() ? "" : ": " + detail));
    }
  }

  /** Files that may be code and were not looked at. */
  int gaps() {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().isGap())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Says how many of each kind; nothing if there are none. */
  void report() {
    List<String> parts = new ArrayList<>();
    int all = 0;
    for (Map.Entry<Omission, Integer> count : counts.entrySet()) {
      all += count.getValue();
      parts.add(count.getValue() + " " + count.getKey().text());
    }
    if (all > 0) {
      messages.accept("left out " + all + ": " + String.join(", ", parts));
    }
  }
}
