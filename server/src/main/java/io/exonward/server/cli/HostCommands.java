package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code exonctl host}: list, show, ban, and what {@link HostHistoryCommands} adds. */
final class HostCommands {
  private final Invocation invocation;

  HostCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    HostHistoryCommands history = new HostHistoryCommands(invocation);
    return Verbs.noun(
        "host",
        "Hosts that an agent runs on",
        list(),
        show(),
        history.executions(),
        history.loads(),
        history.actions(),
        history.coverage(),
        ban());
  }

  static View view() {
    return new View(
        "hosts",
        "id",
        List.of(
            word("ID", "id"),
            word("HOST", "hostname"),
            word("GROUP", "group"),
            word("STATE", "state"),
            word("LEVEL", "level"),
            Column.text("OS", "os"),
            number("ALERTS", "open_alerts"),
            time("SEEN", "last_seen_at")));
  }

  private CommandSpec list() {
    OptionSpec group = Arguments.option("--group", "GROUP", "Of this host group");
    OptionSpec state =
        Arguments.choice("--state", List.of("connected", "silent", "banned"), "In this state");
    OptionSpec match = Arguments.option("--match", "TEXT", "With this in the name");
    Runnable action =
        () -> {
          Target hosts =
              Target.of("hosts")
                  .with("group", Arguments.value(group))
                  .with("state", Arguments.value(state))
                  .with("q", Arguments.value(match));
          invocation
              .printer()
              .list(view(), Pages.read(invocation.api(), hosts, invocation.options().limit()));
        };
    return Verbs.verb("list", "Hosts by name", action, group, state, match);
  }

  private CommandSpec show() {
    PositionalParamSpec host = Arguments.operand(0, "HOST", "Id or name");
    Runnable action =
        () -> {
          Answer answer = invocation.api().get(Target.of("hosts", idOf(host)));
          HostReport report = new HostReport(invocation.printer().moments());
          invocation
              .printer()
              .show(answer, json -> Json.textOr("-", json, "host", "id"), report::sheet);
        };
    return Verbs.verb("show", "One host: facts, agent, coverage, losses", action, host);
  }

  private CommandSpec ban() {
    PositionalParamSpec host = Arguments.operand(0, "HOST", "Id or name");
    OptionSpec reason = Arguments.reason();
    Confirmation confirmation = new Confirmation(invocation.terminal());
    Runnable action =
        () -> {
          String named = Arguments.required(host);
          String id = idOf(host);
          confirmation.require(
              "this refuses the agent of host %s for good"
                  .formatted(named.equals(id) ? id : "%s (%s)".formatted(named, id)));
          Answer answer =
              invocation.api().post(Target.of("hosts", id, "ban"), Bodies.reason(reason));
          invocation.printer().row(view(), answer);
          invocation.printer().message("banned; its protection has ended");
        };
    return Verbs.verb(
        "ban", "Refuse the agent of a host for good", action, host, reason, confirmation.option());
  }

  private String idOf(PositionalParamSpec host) {
    return HostReference.resolve(invocation.api(), Arguments.required(host));
  }
}
