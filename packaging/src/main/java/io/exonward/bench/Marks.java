package io.exonward.bench;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The markers found in what a subject reported. */
final class Marks {
  private static final Pattern MARK = Pattern.compile("mk\\.([A-Za-z0-9-]+)\\.([0-9]{7})");

  private final Map<String, Found> runs = new HashMap<>();

  private static final class Found {
    private final BitSet numbers = new BitSet();
    private long repeated;
  }

  /**
   * @param captured different markers
   * @param repeated reports of a marker beyond its first
   */
  record Count(long captured, long repeated) {}

  /** Adds every marker in {@code text}. */
  void add(CharSequence text) {
    Matcher matcher = MARK.matcher(text);
    while (matcher.find()) {
      Found found = runs.computeIfAbsent(matcher.group(1), _ -> new Found());
      int number = Integer.parseInt(matcher.group(2));
      if (found.numbers.get(number)) {
        found.repeated++;
      } else {
        found.numbers.set(number);
      }
    }
  }

  /** Every marker found, one a line. */
  String text() {
    StringBuilder text = new StringBuilder();
    runs.forEach((run, found) ->
        found.numbers.stream()
            .forEach(number -> text.append("mk.%s.%07d%n".formatted(run, number))));
    return text.toString();
  }

  /** What was found of one run so far. */
  Count count(String run) {
    Found found = runs.get(run);
    return found == null ? new Count(0, 0) : new Count(found.numbers.cardinality(), found.repeated);
  }
}
