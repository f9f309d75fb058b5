package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.Sheet;
import io.exonward.server.cli.print.View;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/** {@code exonctl audit}: list, verify. */
final class AuditCommands {
  private final Invocation invocation;

  AuditCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun("audit", "The log of every action of an operator", list(), verify());
  }

  private static View view() {
    return new View(
        "audit entries",
        "sequence",
        List.of(
            number("SEQUENCE", "sequence"),
            time("AT", "at"),
            word("ACTOR", "actor"),
            word("KIND", "actor_kind"),
            word("FROM", "address"),
            word("ACTION", "action"),
            word("TARGET", "target"),
            new Column("DETAIL", Column.Kind.TEXT, AuditCommands::detail)));
  }

  /** "reason: base image, rule: 4", as the console shows it. */
  private static String detail(JsonNode entry) {
    return entry.path("detail").properties().stream()
        .map(said -> said.getKey() + ": " + Json.text(said.getValue()))
        .collect(Collectors.joining(", "));
  }

  private CommandSpec list() {
    OptionSpec actor = Arguments.option("--actor", "NAME", "By this operator");
    OptionSpec actionName = Arguments.option("--action", "NAME", "Such as alert.allow");
    Runnable action =
        () -> {
          Target audit =
              Target.of("audit")
                  .with("actor", Arguments.value(actor))
                  .with("action", Arguments.value(actionName));
          invocation
              .printer()
              .list(view(), Pages.read(invocation.api(), audit, invocation.options().limit()));
        };
    return Verbs.verb("list", "Audit log, newest first", action, actor, actionName);
  }

  private CommandSpec verify() {
    Runnable action =
        () -> {
          Answer answer = invocation.api().get(Target.of("audit", "verification"));
          invocation
              .printer()
              .show(answer, json -> Json.textOr("-", json, "intact"), AuditCommands::sheet);
          if (!Json.isTrue(answer.json(), "intact")) {
            throw new Failure(
                ExitCode.REFUSED,
                "the audit log was changed from entry "
                    + Json.textOr("?", answer.json(), "first_broken_sequence")
                    + " on; keep the database as it is and look for who had access to it");
          }
        };
    return Verbs.verb("verify", "Recompute the hash chain; exit code 1 if it is broken", action);
  }

  private static Sheet sheet(JsonNode verification) {
    return new Sheet()
        .section("Audit log")
        .field("intact", Json.text(verification, "intact"))
        .field("entries", Json.text(verification, "entries"))
        .field("first broken", Json.text(verification, "first_broken_sequence"));
  }
}
