package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What could be seen, in one line: no verdict without it. */
final class CoverageText {
  private static final List<String> LEVELS =
      List.of("full", "reduced", "minimal", "none", "unknown");

  private CoverageText() {}

  /** Of one host over a time. */
  static String ofSum(JsonNode sum) {
    if (Json.isTrue(sum, "is_whole")) {
      return "full, nothing lost";
    }
    String levels =
        LEVELS.stream()
            .filter(level -> seconds(sum, level) > 0)
            .map(level -> level + " " + Figures.span(seconds(sum, level)))
            .collect(Collectors.joining(", "));
    return levels + "; " + losses(sum, "losses");
  }

  /** Of all hosts in the last 24 hours, from the overview. */
  static String ofFleet(JsonNode overview) {
    JsonNode coverage = overview.path("coverage");
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s of %s hosts fully covered in the last 24 h"
            .formatted(
                Json.textOr("0", coverage, "whole_hosts"), Json.textOr("0", coverage, "hosts")));
    parts.add(count(Json.textOr("0", overview, "losses_24h"), "lost event"));
    Json.items(coverage, "blind_spots").stream()
        .limit(3)
        .forEach(spot ->
            parts.add(
                count(Json.textOr("0", spot, "hosts"), "host")
                    + " blind to: "
                    + Json.textOr("-", spot, "text")));
    String unknown = Json.textOr("0", coverage, "levels", "unknown");
    if (!unknown.equals("0")) {
      parts.add(count(unknown, "host") + " not heard");
    }
    return String.join("; ", parts);
  }

  /** Losses by cause, from the array of that name. */
  static String losses(JsonNode json, String name) {
    List<JsonNode> totals = Json.items(json, name);
    if (totals.isEmpty()) {
      return "nothing known to be lost";
    }
    return totals.stream()
        .map(total ->
            "%s lost (%s)"
                .formatted(amount(total), Json.textOr("-", total, "cause").replace('_', ' ')))
        .collect(Collectors.joining(", "));
  }

  private static String amount(JsonNode total) {
    String events = Json.textOr("0", total, "events");
    if (!Json.isTrue(total, "has_uncounted")) {
      return count(events, "event");
    }
    return events.equals("0")
        ? "an unknown number of events"
        : "at least " + count(events, "event");
  }

  private static long seconds(JsonNode sum, String level) {
    return sum.path("seconds_by_level").path(level).longValue(0);
  }

  private static String count(String number, String noun) {
    return number + " " + noun + (number.equals("1") ? "" : "s");
  }
}
