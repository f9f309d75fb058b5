package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.text;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl alert}: list, show, start, resolve, allow, deny. */
final class AlertCommands {
  private static final List<String> VERDICTS = List.of("true_positive", "false_positive", "benign");

  private final Invocation invocation;

  AlertCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun(
        "alert",
        "Detections grouped for triage",
        new AlertListCommand(invocation).spec(),
        show(),
        start(),
        resolve(),
        deciding("allow", "Write the smallest rule that allows this code; benign"),
        deciding("deny", "Write a rule that denies this code; true_positive"));
  }

  static View view() {
    return new View(
        "alerts",
        "id",
        List.of(
            number("ALERT", "id"),
            word("SEVERITY", "severity"),
            word("STATUS", "status"),
            word("GROUP", "group"),
            number("HOSTS", "host_count"),
            number("COUNT", "occurrences"),
            time("LAST", "last_at"),
            text("TITLE", "title")));
  }

  private CommandSpec show() {
    PositionalParamSpec id = id();
    Runnable action =
        () -> {
          AlertReport report = new AlertReport(invocation.printer().moments());
          invocation
              .printer()
              .show(
                  invocation.api().get(Target.of("alerts", Arguments.required(id))),
                  json -> Json.textOr("-", json, "alert", "id"),
                  report::sheet);
        };
    return Verbs.verb("show", "What happened, why it matters, and what to do", action, id);
  }

  private CommandSpec start() {
    PositionalParamSpec id = id();
    Runnable action =
        () -> {
          Target target = Target.of("alerts", Arguments.required(id), "start");
          invocation.printer().row(view(), invocation.api().post(target, null));
          invocation.printer().message("assigned to you");
        };
    return Verbs.verb("start", "Take an alert into work", action, id);
  }

  private CommandSpec resolve() {
    PositionalParamSpec id = id();
    OptionSpec verdict = Arguments.requiredChoice("--verdict", VERDICTS, "What it was");
    OptionSpec reason = Arguments.reason();
    Runnable action =
        () -> {
          Target target = Target.of("alerts", Arguments.required(id), "resolve");
          ObjectNode body = Bodies.reason(reason).put("verdict", Arguments.required(verdict));
          invocation.printer().row(view(), invocation.api().post(target, body));
          invocation.printer().message("resolved");
        };
    return Verbs.verb("resolve", "Settle an alert without a rule", action, id, verdict, reason);
  }

  private CommandSpec deciding(String verb, String summary) {
    PositionalParamSpec id = id();
    OptionSpec reason = Arguments.reason();
    Expiry expiry = new Expiry(invocation.surroundings().clock());
    Runnable action =
        () -> {
          ObjectNode body = Bodies.reason(reason);
          expiry.putInto(body);
          Target target = Target.of("alerts", Arguments.required(id), verb);
          Answer answer = invocation.api().post(target, body);
          invocation.printer().row(RuleCommands.view(), answer, json -> json.path("rule"));
          invocation
              .printer()
              .message("rule written, alert " + Arguments.required(id) + " resolved");
        };
    return Verbs.verb(verb, summary, action, id, reason, expiry.option());
  }

  private static PositionalParamSpec id() {
    return Arguments.numberOperand(0, "ALERT", "Number of the alert");
  }
}
