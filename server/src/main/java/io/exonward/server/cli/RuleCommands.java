package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.text;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl rule}: list, add, rm. */
final class RuleCommands {
  private final Invocation invocation;

  RuleCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun("rule", "Rules that allow or deny code", list(), add(), remove());
  }

  static View view() {
    return new View(
        "rules",
        "id",
        List.of(
            number("RULE", "id"),
            word("GROUP", "group"),
            word("EFFECT", "effect"),
            new Column(
                "APPLIES TO", Column.Kind.WORD, rule -> SelectorText.of(rule.path("selector"))),
            time("CREATED", "created_at"),
            time("EXPIRES", "expires_at"),
            word("OWNER", "owner"),
            text("REASON", "reason")));
  }

  private CommandSpec list() {
    OptionSpec group = Arguments.option("--group", "GROUP", "Of this host group");
    Runnable action =
        () -> {
          Target rules = Target.of("rules").with("group", Arguments.value(group));
          invocation
              .printer()
              .list(view(), Pages.read(invocation.api(), rules, invocation.options().limit()));
        };
    return Verbs.verb("list", "Rules of a host group or of all", action, group);
  }

  private CommandSpec add() {
    PositionalParamSpec effect =
        Arguments.choiceOperand(0, List.of("allow", "deny"), "What the rule does");
    OptionSpec group = Arguments.requiredOption("--group", "GROUP", "For this host group");
    OptionSpec sha256 = Arguments.option("--sha256", "HASH", "Code with this content");
    OptionSpec packageName = Arguments.option("--package", "NAME", "Code of this package");
    OptionSpec path = Arguments.option("--path", "PATH", "Code at this path");
    OptionSpec memory =
        Arguments.choice("--memory", List.of("memfd", "deleted"), "Code that has no file");
    OptionSpec reason = Arguments.reason();
    Expiry expiry = new Expiry(invocation.surroundings().clock());
    Runnable action =
        () -> {
          ObjectNode selector = Json.object();
          Bodies.put(selector, "sha256", sha256);
          Bodies.put(selector, "package", packageName);
          Bodies.put(selector, "path", path);
          Bodies.put(selector, "memory", memory);
          requireCondition(selector);
          ObjectNode body = Bodies.reason(reason);
          body.put("group", Arguments.required(group)).put("effect", Arguments.required(effect));
          body.set("selector", selector);
          expiry.putInto(body);
          invocation.printer().row(view(), invocation.api().post(Target.of("rules"), body));
          invocation.printer().message("added");
        };
    return Verbs.verb(
        "add",
        "Add a rule; several conditions must all hold",
        action,
        effect,
        group,
        sha256,
        packageName,
        path,
        memory,
        reason,
        expiry.option());
  }

  private CommandSpec remove() {
    PositionalParamSpec id = Arguments.numberOperand(0, "RULE", "Number of the rule");
    Runnable action =
        () -> {
          invocation.api().delete(Target.of("rules", Arguments.required(id)));
          invocation.printer().message("removed");
        };
    return Verbs.verb("rm", "Remove a rule", action, id);
  }

  private static void requireCondition(ObjectNode selector) {
    if (selector.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "say what the rule applies to: --sha256, --package, --path or --memory");
    }
  }
}
