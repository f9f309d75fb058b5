package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Figures;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Sheet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;

/** {@code exonctl code}: show and genes by the server; the others work on files, without one. */
final class CodeCommands {
  private final Invocation invocation;

  CodeCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    PositionalParamSpec sha256 = Arguments.hashOperand(0, "SHA256", "64 hexadecimal digits");
    Runnable action =
        () ->
            invocation
                .printer()
                .show(
                    invocation.api().get(Target.of("code", Arguments.required(sha256))),
                    json -> Json.textOr("-", json, "sha256"),
                    this::sheet);
    return Verbs.noun(
        "code",
        "Code objects: known to the server, or files of this machine",
        Verbs.verb("show", "Where one was seen, and the rules that name it", action, sha256),
        new CodeGenesCommand(invocation).spec(),
        new CodeAnalyzeCommand(invocation).spec(),
        new CodeCompareCommand(invocation).spec(),
        new CodeDisassembleCommand(invocation).spec());
  }

  private Sheet sheet(JsonNode code) {
    Moments moments = invocation.printer().moments();
    Sheet sheet =
        new Sheet()
            .section("Code " + Json.textOr("-", code, "sha256"))
            .field("first seen", moments.full(Json.text(code, "first_seen")))
            .field("last seen", moments.full(Json.text(code, "last_seen")))
            .field("size", Figures.bytes(Json.text(code, "size_bytes")))
            .field("hosts", Json.text(code, "prevalence"))
            .field("executions", Json.text(code, "executions"))
            .field("packages", String.join(", ", Json.texts(code, "packages")))
            .field("in baseline of", String.join(", ", Json.texts(code, "baselines")));
    sheet.section("Paths");
    Json.texts(code, "paths").forEach(sheet::line);
    hosts(sheet, code, moments);
    rules(sheet, code);
    return sheet;
  }

  private static void hosts(Sheet sheet, JsonNode code, Moments moments) {
    sheet.section("Hosts");
    for (JsonNode host : Json.items(code, "hosts")) {
      sheet.line(
          Json.textOr("-", host, "id")
              + " "
              + Json.textOr("-", host, "hostname")
              + ": "
              + Json.textOr("-", host, "executions")
              + " executions, last "
              + moments.full(Json.text(host, "last_seen")));
    }
  }

  private static void rules(Sheet sheet, JsonNode code) {
    sheet.section("Rules");
    for (JsonNode rule : Json.items(code, "rules")) {
      sheet.line(
          "%s %s in %s by %s: %s"
              .formatted(
                  Json.textOr("-", rule, "id"),
                  Json.textOr("-", rule, "effect"),
                  Json.textOr("-", rule, "group"),
                  Json.textOr("-", rule, "owner"),
                  Json.textOr("-", rule, "reason")));
    }
  }
}
