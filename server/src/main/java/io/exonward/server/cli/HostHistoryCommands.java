package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.Format;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened on a host: {@code exonctl host executions, loads, actions, coverage}. */
final class HostHistoryCommands {
  private static final List<String> LOAD_KINDS =
      List.of("library", "program", "interpreter", "script", "opened");

  private final Invocation invocation;

  HostHistoryCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec executions() {
    PositionalParamSpec host = host();
    OptionSpec sha256 = Arguments.option("--sha256", "SHA256", "Of this content");
    Runnable action =
        () -> list(executionView(), of(host, "executions").with("sha256", Arguments.value(sha256)));
    return Verbs.verb("executions", "What ran on it, newest first", action, host, sha256);
  }

  CommandSpec loads() {
    PositionalParamSpec host = host();
    OptionSpec sha256 = Arguments.option("--sha256", "SHA256", "Of this content");
    OptionSpec kind = Arguments.choice("--kind", LOAD_KINDS, "Loaded in this way");
    Runnable action =
        () ->
            list(
                loadView(),
                of(host, "loads")
                    .with("sha256", Arguments.value(sha256))
                    .with("kind", Arguments.value(kind)));
    return Verbs.verb(
        "loads", "Code that processes on it loaded, newest first", action, host, sha256, kind);
  }

  CommandSpec actions() {
    PositionalParamSpec host = host();
    OptionSpec kind = Arguments.option("--kind", "KIND", "Of this kind, for example memfd_created");
    Runnable action =
        () -> list(actionView(), of(host, "actions").with("kind", Arguments.value(kind)));
    return Verbs.verb(
        "actions", "What processes on it did to memory, newest first", action, host, kind);
  }

  CommandSpec coverage() {
    PositionalParamSpec host = host();
    OptionSpec from =
        Arguments.option("--from", "TIME", "RFC 3339; 24 hours before --to if absent");
    OptionSpec to = Arguments.option("--to", "TIME", "RFC 3339; now if absent");
    Runnable action =
        () -> {
          ObjectNode ledger =
              Pages.read(
                  invocation.api(),
                  of(host, "coverage")
                      .with("from", Arguments.value(from))
                      .with("to", Arguments.value(to)),
                  invocation.options().limit());
          invocation.printer().list(coverageView(), ledger);
          if (invocation.printer().format() == Format.TABLE) {
            invocation.printer().message("in all: " + CoverageText.ofSum(ledger.path("sum")));
          }
        };
    return Verbs.verb(
        "coverage", "What its sensors could see when, newest first", action, host, from, to);
  }

  private static PositionalParamSpec host() {
    return Arguments.operand(0, "HOST", "Id or name");
  }

  private Target of(PositionalParamSpec host, String what) {
    String id = HostReference.resolve(invocation.api(), Arguments.required(host));
    return Target.of("hosts", id, what);
  }

  private void list(View view, Target target) {
    ObjectNode found = Pages.read(invocation.api(), target, invocation.options().limit());
    invocation.printer().list(view, found);
  }

  private static View executionView() {
    return new View(
        "executions",
        "sha256",
        List.of(
            time("TIME", "occurred_at"),
            number("PID", "pid"),
            Column.text("USER", "user"),
            word("ORIGIN", "origin"),
            word("DECISION", "decision", "outcome"),
            number("COUNT", "count"),
            Column.text("EXECUTABLE", "executable")));
  }

  private static View loadView() {
    return new View(
        "code loads",
        "sha256",
        List.of(
            time("FIRST", "first_at"),
            time("LAST", "last_at"),
            word("KIND", "kind"),
            word("ORIGIN", "origin"),
            word("DECISION", "decision", "outcome"),
            Column.text("LOADER", "loader", "executable"),
            Column.text("PATH", "path")));
  }

  private static View actionView() {
    return new View(
        "actions",
        "id",
        List.of(
            time("LAST", "last_at"),
            word("KIND", "kind"),
            number("COUNT", "count"),
            number("PID", "actor", "pid"),
            Column.text("ACTOR", "actor", "executable"),
            Column.text("TARGET", "target", "executable"),
            Column.text("DETAIL", "detail")));
  }

  private static View coverageView() {
    return new View(
        "periods",
        "from",
        List.of(
            time("FROM", "from"),
            time("TO", "to"),
            new Column("LEVEL", Column.Kind.WORD, it -> Json.textOr("unknown", it, "level")),
            new Column("LOST", Column.Kind.WORD, HostHistoryCommands::lost),
            new Column("CANNOT SEE", Column.Kind.TEXT, HostHistoryCommands::blindSpots)));
  }

  private static String lost(JsonNode period) {
    return period.path("losses").isEmpty() ? "-" : CoverageText.losses(period, "losses");
  }

  private static String blindSpots(JsonNode period) {
    List<String> spots = Json.texts(period, "blind_spots");
    return spots.isEmpty() ? "-" : String.join("; ", spots);
  }
}
