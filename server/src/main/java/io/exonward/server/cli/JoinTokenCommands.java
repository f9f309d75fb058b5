package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl token}: join tokens, with which agents enroll; create, list, revoke. */
final class JoinTokenCommands {
  private final Invocation invocation;
  private final TokenText tokenText;

  JoinTokenCommands(Invocation invocation) {
    this.invocation = invocation;
    this.tokenText = new TokenText(invocation);
  }

  CommandSpec spec() {
    return Verbs.noun("token", "Join tokens, with which agents enroll", create(), list(), revoke());
  }

  private static View view() {
    return new View(
        "join tokens",
        "id",
        List.of(
            word("ID", "id"),
            word("GROUP", "group"),
            number("USES LEFT", "uses_left"),
            time("EXPIRES", "expires_at"),
            word("FROM", "address_range"),
            word("REPLACE", "replace"),
            word("BY", "created_by"),
            time("REVOKED", "revoked_at")));
  }

  private CommandSpec create() {
    OptionSpec group =
        Arguments.requiredOption("--group", "GROUP", "Host group of the hosts that join");
    OptionSpec uses = Arguments.option("--uses", "N", "How many hosts may join; default 1");
    OptionSpec lifetime = Arguments.option("--lifetime", "DURATION", "At most 30d; default 1h");
    OptionSpec range = Arguments.option("--address-range", "CIDR", "Only from these addresses");
    OptionSpec replace =
        Arguments.flag("--replace", "A host that has an identity may get a new one");
    Runnable action =
        () -> {
          ObjectNode body = Json.object().put("group", Arguments.required(group));
          Long count = count(Arguments.value(uses));
          if (count != null) {
            body.put("uses", count);
          }
          Bodies.put(body, "lifetime", lifetime);
          Bodies.put(body, "address_range", range);
          if (Arguments.isSet(replace)) {
            body.put("replace", true);
          }
          tokenText.hand(view(), invocation.api().post(Target.of("join-tokens"), body));
        };
    return Verbs.verb(
        "create",
        "Create a join token and print it; it is never shown again",
        action,
        group,
        uses,
        lifetime,
        range,
        replace,
        tokenText.out());
  }

  private CommandSpec list() {
    Runnable action =
        () ->
            invocation
                .printer()
                .list(
                    view(),
                    Pages.read(
                        invocation.api(), Target.of("join-tokens"), invocation.options().limit()));
    return Verbs.verb("list", "Join tokens, without their secrets", action);
  }

  private CommandSpec revoke() {
    PositionalParamSpec id = Arguments.operand(0, "ID", "Of the join token");
    Runnable action =
        () -> {
          invocation.api().delete(Target.of("join-tokens", Arguments.required(id)));
          invocation.printer().message("revoked");
        };
    return Verbs.verb("revoke", "Revoke a join token", action, id);
  }

  private static @Nullable Long count(@Nullable String uses) {
    if (uses != null && !uses.matches("[1-9][0-9]{0,5}")) {
      throw new Failure(ExitCode.USAGE, "--uses is a number from 1, not " + uses);
    }
    return uses == null ? null : Long.valueOf(uses);
  }
}
