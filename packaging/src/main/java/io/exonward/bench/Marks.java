package io.exonward.bench;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The markers found in what a subject reported. */
final class Marks {
  // Where a server's list says of several executions at once how many had the marker, it says so
  // behind it.
  private static final Pattern MARK =
      Pattern.compile(
          "mk\\.([A-Za-z0-9-]+)\\.([0-9]{7})(?:\"],\"command_line_truncated\":false,\"count\":([0-9]{1,9}))?");

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
      found.repeated += matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
      if (!found.numbers.get(number)) {
        found.numbers.set(number);
        found.repeated--;
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

  /** What was found of these runs so far. */
  Count count(List<String> names) {
    Count all = new Count(0, 0);
    for (String name : names) {
      Found found = runs.get(name);
      if (found != null) {
        all =
            new Count(
                all.captured() + found.numbers.cardinality(), all.repeated() + found.repeated);
      }
    }
    return all;
  }
}
