package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.text;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Format;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Printer;
import io.exonward.server.cli.print.Sheet;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl baseline}: status, freeze. */
final class BaselineCommands {
  private final Invocation invocation;

  BaselineCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun(
        "baseline", "What a host group was observed to run while learning", status(), freeze());
  }

  private static View view() {
    return new View(
        "code objects in the baseline",
        "sha256",
        List.of(
            word("SHA256", "sha256"),
            number("HOSTS", "hosts"),
            time("FIRST SEEN", "first_seen"),
            text("EXECUTABLE", "executable")));
  }

  private CommandSpec status() {
    PositionalParamSpec group = Arguments.operand(0, "GROUP", "Host group");
    Runnable action =
        () -> {
          Target baseline = Target.of("groups", Arguments.required(group), "baseline");
          ObjectNode json = Pages.read(invocation.api(), baseline, invocation.options().limit());
          Printer printer = invocation.printer();
          if (printer.format() == Format.TABLE) {
            sheet(json).lines().forEach(printer::line);
            printer.line("");
          }
          printer.list(view(), json);
        };
    return Verbs.verb("status", "State of a baseline, with its newest entries", action, group);
  }

  private CommandSpec freeze() {
    PositionalParamSpec group = Arguments.operand(0, "GROUP", "Host group");
    OptionSpec reason = Arguments.reason();
    Confirmation confirmation = new Confirmation(invocation.terminal());
    Runnable action =
        () -> {
          String name = Arguments.required(group);
          confirmation.require(
              "this ends learning in host group " + name + ": whatever is new then raises alerts");
          Answer answer =
              invocation
                  .api()
                  .post(Target.of("groups", name, "baseline", "freeze"), Bodies.reason(reason));
          invocation.printer().show(answer, json -> Json.textOr("-", json, "group"), this::sheet);
          invocation.printer().message("frozen");
        };
    return Verbs.verb(
        "freeze",
        "Stop learning: what was seen is the baseline, the mode becomes monitor",
        action,
        group,
        reason,
        confirmation.option());
  }

  private Sheet sheet(JsonNode baseline) {
    Moments moments = invocation.printer().moments();
    return new Sheet()
        .section("Baseline of host group " + Json.textOr("-", baseline, "group"))
        .field("mode", Json.text(baseline, "mode"))
        .field("learns until", moments.full(Json.text(baseline, "learn_until")))
        .field("frozen", moments.full(Json.text(baseline, "frozen_at")))
        .field("code objects", Json.text(baseline, "code_objects"))
        .field("packages", Json.text(baseline, "packages"))
        .field("new in the last hour", Json.text(baseline, "new_last_hour"));
  }
}
