package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.time;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.gene.LocalIndex;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Sheet;
import io.exonward.server.cli.print.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;

/**
 * {@code exonctl family}: families of the server, or with {@code --index} of an index on this
 * machine.
 */
final class FamilyCommands {
  private static final List<String> KINDS = List.of("trusted", "library", "tool", "malicious");

  private final Invocation invocation;

  FamilyCommands(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.noun(
        "family",
        "Families: named origins that code is compared with",
        new FamilyAddCommand(invocation).spec(),
        list(),
        show(),
        rename(),
        remove());
  }

  private static View view() {
    return new View(
        "families",
        "name",
        List.of(
            word("FAMILY", "name"),
            word("KIND", "kind"),
            number("SAMPLES", "samples"),
            number("VERSIONS", "versions"),
            word("BY", "created_by"),
            time("SINCE", "created_at")));
  }

  private CommandSpec list() {
    OptionSpec kind = Arguments.choice("--kind", KINDS, "Only of this kind");
    OptionSpec index = GeneArguments.index();
    Runnable action =
        () -> {
          LocalFamilies local = local(index);
          if (local != null) {
            local.list(Arguments.value(kind));
            return;
          }
          Target families = Target.of("families").with("kind", Arguments.value(kind));
          invocation
              .printer()
              .list(view(), Pages.read(invocation.api(), families, invocation.options().limit()));
        };
    return Verbs.verb("list", "All families, by name", action, kind, index);
  }

  private static PositionalParamSpec name() {
    return Arguments.operand(0, "NAME", "Name of the family");
  }

  private @Nullable LocalFamilies local(OptionSpec index) {
    LocalIndex local = GeneArguments.local(index);
    return local == null ? null : new LocalFamilies(invocation, local);
  }

  private CommandSpec show() {
    PositionalParamSpec name = name();
    OptionSpec index = GeneArguments.index();
    Runnable action =
        () -> {
          LocalFamilies local = local(index);
          if (local != null) {
            local.show(Arguments.required(name));
            return;
          }
          invocation
              .printer()
              .show(
                  invocation.api().get(Target.of("families", Arguments.required(name))),
                  json -> Json.textOr("-", json.path("family"), "name"),
                  this::sheet);
        };
    return Verbs.verb(
        "show", "One family, its samples and where they came from", action, name, index);
  }

  private CommandSpec rename() {
    PositionalParamSpec name = name();
    PositionalParamSpec newName = Arguments.operand(1, "NEW_NAME", "Its name from now on");
    OptionSpec index = GeneArguments.index();
    Runnable action =
        () -> {
          LocalFamilies local = local(index);
          if (local != null) {
            local.rename(Arguments.required(name), Arguments.required(newName));
            return;
          }
          Target family = Target.of("families", Arguments.required(name));
          invocation
              .printer()
              .row(
                  view(),
                  invocation
                      .api()
                      .put(family, Json.object().put("name", Arguments.required(newName))));
        };
    return Verbs.verb("rename", "Give a family another name", action, name, newName, index);
  }

  private CommandSpec remove() {
    PositionalParamSpec name = name();
    OptionSpec index = GeneArguments.index();
    Confirmation confirmation = new Confirmation(invocation.terminal());
    Runnable action =
        () -> {
          String family = Arguments.required(name);
          confirmation.require("family " + family + " is removed with all its samples");
          LocalFamilies local = local(index);
          if (local != null) {
            local.remove(family);
            return;
          }
          invocation.api().delete(Target.of("families", family));
          invocation.printer().message("removed; known code is compared again");
        };
    return Verbs.verb(
        "remove", "Remove a family with its samples", action, name, index, confirmation.option());
  }

  private Sheet sheet(JsonNode json) {
    JsonNode family = json.path("family");
    Moments moments = invocation.printer().moments();
    Sheet sheet =
        new Sheet()
            .section("Family " + Json.textOr("-", family, "name"))
            .field("kind", Json.text(family, "kind"))
            .field("samples", Json.text(family, "samples"))
            .field("versions", Json.text(family, "versions"))
            .field("created", moments.full(Json.text(family, "created_at")))
            .field("by", Json.text(family, "created_by"));
    sheet.section("Newest samples");
    for (JsonNode sample : Json.items(json, "items")) {
      sheet.line(
          "%s %s: %s"
              .formatted(
                  Json.textOr("-", sample, "sha256"),
                  Json.textOr("", sample, "version"),
                  Json.textOr("", sample, "provenance")));
    }
    return sheet;
  }
}
