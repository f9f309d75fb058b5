package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Figures;
import io.exonward.server.cli.print.Sheet;
import tools.jackson.databind.JsonNode;

/** What one file is related to, and how alike two are, for people. */
final class AnalysisReport {
  private AnalysisReport() {}

  static Sheet sheet(JsonNode analysis) {
    Sheet sheet =
        new Sheet()
            .section("Code " + Json.textOr("-", analysis, "file"))
            .field("sha256", Json.text(analysis, "sha256"))
            .field("classification", Json.text(analysis, "classification"))
            .field("reason", Json.text(analysis, "reason"))
            .field("complete", Json.text(analysis, "complete"))
            .field(
                "novel",
                Json.textOr("0", analysis, "novel", "functions")
                    + " functions, "
                    + Figures.bytes(Json.textOr("0", analysis, "novel", "bytes")));
    sheet.section("Families");
    for (JsonNode family : Json.items(analysis, "families")) {
      sheet.line(
          "%s %s (%s): %s, code only %s, %s functions, evidence %s"
              .formatted(
                  Json.textOr("-", family, "name"),
                  Json.textOr("", family, "version"),
                  Json.textOr("-", family, "kind"),
                  CodeAnalyzeCommand.percent(Json.textOr("", family, "share")),
                  CodeAnalyzeCommand.percent(Json.textOr("", family, "share_code_only")),
                  Json.textOr("0", family, "functions"),
                  Json.textOr("0", family, "evidence")));
    }
    if (Json.isPresent(analysis, "functions")) {
      sheet.section("Functions");
      Json.items(analysis, "functions").forEach(function -> sheet.line(function(function)));
    }
    return sheet;
  }

  static Sheet comparison(JsonNode comparison) {
    Sheet sheet =
        new Sheet()
            .section("Comparison")
            .field("A", Json.text(comparison, "a", "file"))
            .field("B", Json.text(comparison, "b", "file"))
            .field("similarity", percent(comparison, "similarity"))
            .field("code only", percent(comparison, "similarity_code_only"))
            .field("of A in B", percent(comparison, "share_of_a"))
            .field("of B in A", percent(comparison, "share_of_b"))
            .field("matched functions", Json.text(comparison, "matched_functions"));
    if (Json.isPresent(comparison, "functions")) {
      sheet.section("Functions");
      Json.items(comparison, "functions").forEach(pair -> sheet.line(pair(pair)));
    }
    return sheet;
  }

  private static String function(JsonNode function) {
    return "%s %s %s: %s %s %s"
        .formatted(
            Json.textOr("-", function, "address"),
            Json.textOr("-", function, "name"),
            Json.textOr("-", function, "label"),
            Json.textOr("-", function, "family"),
            Json.textOr("-", function, "matched_name"),
            percent(function, "similarity"));
  }

  private static String pair(JsonNode pair) {
    return "%s %s = %s %s: %s"
        .formatted(
            Json.textOr("-", pair, "address_a"),
            Json.textOr("-", pair, "name_a"),
            Json.textOr("-", pair, "address_b"),
            Json.textOr("-", pair, "name_b"),
            Json.isTrue(pair, "exact") ? "same" : percent(pair, "similarity"));
  }

  private static String percent(JsonNode json, String field) {
    return CodeAnalyzeCommand.percent(Json.textOr("", json, field));
  }
}
