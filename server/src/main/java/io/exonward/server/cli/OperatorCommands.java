package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl operator}: list, create, set-role, disable, enable. */
final class OperatorCommands {
  static final List<String> ROLES = List.of("viewer", "analyst", "administrator");

  private final Invocation invocation;

  OperatorCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun(
        "operator",
        "People who use console and exonctl",
        list(),
        create(),
        setRole(),
        disabling("disable", "Refuse an operator and end the sessions", true),
        disabling("enable", "Let a disabled operator sign in again", false));
  }

  private static View view() {
    return new View(
        "operators",
        "name",
        List.of(
            word("NAME", "name"),
            word("ROLE", "role"),
            word("DISABLED", "disabled"),
            time("CREATED", "created_at"),
            time("SIGNED IN", "last_sign_in_at")));
  }

  private CommandSpec list() {
    Runnable action =
        () ->
            invocation
                .printer()
                .list(view(), Pages.readWhole(invocation.api(), Target.of("operators")));
    return Verbs.verb("list", "Operators", action);
  }

  private CommandSpec create() {
    PositionalParamSpec name = Arguments.operand(0, "NAME", "To sign in with");
    OptionSpec role = Arguments.requiredChoice("--role", ROLES, "What the operator may do");
    OptionSpec passwordFile =
        Arguments.option(
            "--password-file", "FILE", "First password, at least 12 characters; - for stdin");
    Runnable action =
        () -> {
          String password =
              new Secrets(invocation.terminal()).newPassword(Arguments.value(passwordFile));
          ObjectNode body =
              Json.object()
                  .put("name", Arguments.required(name))
                  .put("role", Arguments.required(role))
                  .put("password", password);
          invocation.printer().row(view(), invocation.api().post(Target.of("operators"), body));
          invocation.printer().message("created");
        };
    return Verbs.verb(
        "create", "Create an operator with a first password", action, name, role, passwordFile);
  }

  private CommandSpec setRole() {
    PositionalParamSpec name = Arguments.operand(0, "NAME", "Of the operator");
    PositionalParamSpec role = Arguments.choiceOperand(1, ROLES, "The new role");
    Runnable action =
        () -> update(name, Json.object().put("role", Arguments.required(role)), "role changed");
    return Verbs.verb("set-role", "Change the role of an operator", action, name, role);
  }

  private CommandSpec disabling(String verb, String summary, boolean isDisabled) {
    PositionalParamSpec name = Arguments.operand(0, "NAME", "Of the operator");
    Runnable action = () -> update(name, Json.object().put("disabled", isDisabled), verb + "d");
    return Verbs.verb(verb, summary, action, name);
  }

  private void update(PositionalParamSpec name, ObjectNode change, String message) {
    Target operator = Target.of("operators", Arguments.required(name));
    invocation.printer().row(view(), invocation.api().put(operator, change));
    invocation.printer().message(message);
  }
}
