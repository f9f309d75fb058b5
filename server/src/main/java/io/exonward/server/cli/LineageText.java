package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Figures;
import io.exonward.server.cli.print.Sheet;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What code is related to, as lines of a report. */
final class LineageText {
  private LineageText() {}

  /** Adds a section; nothing if nobody knows. */
  static void write(Sheet sheet, JsonNode lineage) {
    if (!Json.isPresent(lineage, "classification")) {
      return;
    }
    boolean isVerified = Json.isTrue(lineage, "verified");
    sheet
        .section("Lineage")
        .field("classification", Json.text(lineage, "classification"))
        .field("reason", Json.text(lineage, "reason"))
        .field(
            "genes",
            isVerified ? "verified" : "the word of fewer than three hosts: no trust comes of it")
        .field("complete", Json.isTrue(lineage, "complete") ? null : "no: a limit cut the analysis")
        .field("novel", novel(lineage.path("novel")));
    Json.items(lineage, "families").forEach(family -> sheet.line(family(family)));
  }

  private static String novel(JsonNode novel) {
    return "%s functions with %s are of no trusted family"
        .formatted(
            Json.textOr("0", novel, "functions"), Figures.bytes(Json.textOr("0", novel, "bytes")));
  }

  private static String family(JsonNode family) {
    String version = Json.textOr("", family, "version");
    return "%s %s%s: share %s (code only %s), %s functions"
        .formatted(
            Json.textOr("-", family, "kind"),
            Json.textOr("-", family, "name"),
            version.isEmpty() ? "" : " " + version,
            percent(family, "share"),
            percent(family, "share_code_only"),
            Json.textOr("-", family, "functions"));
  }

  /** A part of one, such as 0.4375, as 44 %. */
  static String percent(JsonNode json, String field) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * json.path(field).asDouble(0));
  }
}
