package io.exonward.common.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file, collected so that the operator sees all of it at once. */
final class Problems {
  private static final int MAX_LISTED = 100;

  private record Problem(Position position, String message) {}

  private final String fileName;
  private final List<Problem> problems = new ArrayList<>();

  Problems(String fileName) {
    this.fileName = fileName;
  }

  void add(Position position, String message) {
    problems.add(new Problem(position, message));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  ConfigException toException() {
    return new ConfigException(
        problems.stream()
            .sorted(Comparator.comparing(Problem::position))
            .limit(MAX_LISTED)
            .map(p ->
                "%s:%d:%d: %s"
                    .formatted(fileName, p.position.line(), p.position.column(), p.message))
            .toList());
  }
}
