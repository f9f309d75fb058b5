package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Sheet;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl group}: list, show, create, set-mode. */
final class GroupCommands {
  private static final List<String> MODES = List.of("learn", "monitor");

  private final Invocation invocation;

  GroupCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun(
        "group",
        "Host groups, which share one policy and one baseline",
        list(),
        show(),
        create(),
        setMode());
  }

  private static View view() {
    return new View(
        "host groups",
        "name",
        List.of(
            word("GROUP", "name"),
            word("MODE", "mode"),
            time("LEARNS UNTIL", "learn_until"),
            time("FROZEN", "frozen_at"),
            number("HOSTS", "host_count"),
            number("RULES", "rule_count"),
            number("POLICY", "policy_version")));
  }

  private CommandSpec list() {
    Runnable action =
        () ->
            invocation
                .printer()
                .list(view(), Pages.readWhole(invocation.api(), Target.of("groups")));
    return Verbs.verb("list", "Host groups", action);
  }

  private CommandSpec show() {
    PositionalParamSpec group = Arguments.operand(0, "GROUP", "Name");
    Runnable action =
        () ->
            invocation
                .printer()
                .show(
                    invocation.api().get(Target.of("groups", Arguments.required(group))),
                    json -> Json.textOr("-", json, "name"),
                    this::sheet);
    return Verbs.verb("show", "One host group", action, group);
  }

  private CommandSpec create() {
    PositionalParamSpec group = Arguments.operand(0, "GROUP", "Name: a-z, 0-9 and -");
    OptionSpec mode = Arguments.choice("--mode", MODES, "First mode; default learn");
    OptionSpec learnFor = learnFor();
    Runnable action =
        () -> {
          ObjectNode body = Json.object().put("name", Arguments.required(group));
          Bodies.put(body, "mode", mode);
          Bodies.put(body, "learn_for", learnFor);
          invocation.printer().row(view(), invocation.api().post(Target.of("groups"), body));
          invocation.printer().message("created");
        };
    return Verbs.verb("create", "Create a host group", action, group, mode, learnFor);
  }

  private CommandSpec setMode() {
    PositionalParamSpec group = Arguments.operand(0, "GROUP", "Name");
    PositionalParamSpec mode = Arguments.choiceOperand(1, MODES, "The new mode");
    OptionSpec reason = Arguments.reason();
    OptionSpec learnFor = learnFor();
    Runnable action =
        () -> {
          ObjectNode body = Bodies.reason(reason).put("mode", Arguments.required(mode));
          Bodies.put(body, "learn_for", learnFor);
          Target target = Target.of("groups", Arguments.required(group), "mode");
          invocation.printer().row(view(), invocation.api().put(target, body));
          invocation.printer().message("mode changed");
        };
    return Verbs.verb(
        "set-mode",
        "Change the mode: learn, or monitor, which freezes the baseline",
        action,
        group,
        mode,
        reason,
        learnFor);
  }

  private static OptionSpec learnFor() {
    return Arguments.option(
        "--learn-for", "DURATION", "Then the baseline freezes by itself, such as 20s or 7d");
  }

  private Sheet sheet(JsonNode group) {
    Moments moments = invocation.printer().moments();
    return new Sheet()
        .section("Host group " + Json.textOr("-", group, "name"))
        .field("mode", Json.text(group, "mode"))
        .field("learns until", moments.full(Json.text(group, "learn_until")))
        .field("frozen", moments.full(Json.text(group, "frozen_at")))
        .field("policy version", Json.text(group, "policy_version"))
        .field("hosts", Json.text(group, "host_count"))
        .field("rules", Json.text(group, "rule_count"))
        .field("created", moments.full(Json.text(group, "created_at")));
  }
}
