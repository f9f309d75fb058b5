package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.text;
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

/** {@code exonctl api-token}: one's own API tokens; list, create, revoke. */
final class ApiTokenCommands {
  private final Invocation invocation;
  private final TokenText tokenText;

  ApiTokenCommands(Invocation invocation) {
    this.invocation = invocation;
    this.tokenText = new TokenText(invocation);
  }

  CommandSpec spec() {
    return Verbs.noun("api-token", "Your own API tokens, for scripts", list(), create(), revoke());
  }

  private static View view() {
    return new View(
        "API tokens",
        "id",
        List.of(
            word("ID", "id"),
            text("LABEL", "label"),
            word("ROLE", "role"),
            time("CREATED", "created_at"),
            time("EXPIRES", "expires_at"),
            time("USED", "last_used_at")));
  }

  private CommandSpec list() {
    Runnable action =
        () ->
            invocation
                .printer()
                .list(view(), Pages.readWhole(invocation.api(), Target.of("api-tokens")));
    return Verbs.verb("list", "Your API tokens, without their secrets", action);
  }

  private CommandSpec create() {
    PositionalParamSpec label = Arguments.operand(0, "LABEL", "What it is for");
    OptionSpec role =
        Arguments.choice(
            "--role", OperatorCommands.ROLES, "At most your own, which is the default");
    OptionSpec lifetime = Arguments.option("--lifetime", "DURATION", "Such as 12h; default 90d");
    Runnable action =
        () -> {
          ObjectNode body = Json.object().put("label", Arguments.required(label));
          Bodies.put(body, "role", role);
          Bodies.put(body, "lifetime", lifetime);
          tokenText.hand(view(), invocation.api().post(Target.of("api-tokens"), body));
        };
    return Verbs.verb(
        "create",
        "Create an API token and print it; it is never shown again",
        action,
        label,
        role,
        lifetime,
        tokenText.out());
  }

  private CommandSpec revoke() {
    PositionalParamSpec id = Arguments.operand(0, "ID", "Of the API token");
    Runnable action =
        () -> {
          invocation.api().delete(Target.of("api-tokens", Arguments.required(id)));
          invocation.printer().message("revoked");
        };
    return Verbs.verb("revoke", "Revoke one of your API tokens", action, id);
  }
}
