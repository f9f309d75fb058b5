package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Sheet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;

/** {@code exonctl code genes}: what the server knows of where code comes from. */
final class CodeGenesCommand {
  /** The most that the API gives at once. */
  private static final String MOST = "500";

  private final Invocation invocation;

  CodeGenesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    PositionalParamSpec sha256 = Arguments.hashOperand(0, "SHA256", "64 hexadecimal digits");
    OptionSpec functions =
        Arguments.flag("--functions", "List the functions, by address; at most " + MOST);
    Runnable action =
        () -> {
          boolean isFull = Arguments.isSet(functions);
          Target genes = Target.of("code", Arguments.required(sha256), "genes");
          invocation
              .printer()
              .show(
                  invocation.api().get(isFull ? genes.with("limit", MOST) : genes),
                  json -> Json.textOr("-", json, "sha256"),
                  json -> sheet(json, isFull));
        };
    return Verbs.verb(
        "genes", "Which families the code of one is related to", action, sha256, functions);
  }

  private static Sheet sheet(JsonNode json, boolean withFunctions) {
    Sheet sheet =
        new Sheet()
            .section("Code " + Json.textOr("-", json, "sha256"))
            .field("analysis", Json.textOr("-", json, "state").replace('_', ' '))
            .field("reported by", Json.textOr("0", json, "claims") + " hosts")
            .field("disputed", Json.isTrue(json, "disputed") ? "yes: hosts disagree" : null)
            .field("last error", Json.text(json, "error"))
            .field("functions", Json.text(json, "function_count"));
    LineageText.write(sheet, json.path("lineage"));
    if (withFunctions) {
      sheet.section("Functions");
      Json.items(json, "functions").forEach(function -> sheet.line(function(function)));
      if (Json.isPresent(json, "next")) {
        sheet.line("and more; the API pages through all of them");
      }
    }
    return sheet;
  }

  private static String function(JsonNode function) {
    String line =
        "%s %s %s, %s bytes"
            .formatted(
                Json.textOr("-", function, "address"),
                Json.textOr("-", function, "label"),
                Json.textOr("without a name", function, "name"),
                Json.textOr("-", function, "size"));
    return Json.isPresent(function, "family")
        ? line
            + ": like %s of %s, %s"
                .formatted(
                    Json.textOr("a function", function, "matched_name"),
                    Json.textOr("-", function, "family"),
                    LineageText.percent(function, "similarity"))
        : line;
  }
}
