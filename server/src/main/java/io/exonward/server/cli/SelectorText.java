package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a rule applies to, in words; several conditions must all hold. */
final class SelectorText {
  private static final List<String> FIELDS = List.of("sha256", "package", "path", "memory");

  private SelectorText() {}

  static String of(JsonNode selector) {
    return FIELDS.stream()
        .filter(field -> Json.isPresent(selector, field))
        .map(field -> field + " " + Json.textOr("", selector, field))
        .collect(Collectors.joining(", "));
  }
}
