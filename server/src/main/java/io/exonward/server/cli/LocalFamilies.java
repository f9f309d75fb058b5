package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.common.gene.index.IndexedFamily;
import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.gene.LocalIndex;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.Sheet;
import io.exonward.server.cli.print.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Families of an index on this machine: what {@code exonctl family} does with {@code --index}. */
final class LocalFamilies {
  private final Invocation invocation;
  private final LocalIndex index;

  LocalFamilies(Invocation invocation, LocalIndex index) {
    this.invocation = invocation;
    this.index = index;
  }

  private static View view() {
    return new View(
        "families",
        "name",
        List.of(
            word("FAMILY", "name"),
            word("KIND", "kind"),
            number("SAMPLES", "samples"),
            new Column(
                "VERSIONS",
                Column.Kind.TEXT,
                family -> String.join(", ", Json.texts(family, "versions")))));
  }

  /** Prints all, or those of one kind. */
  void list(@Nullable String kind) {
    List<ObjectNode> families =
        families().stream()
            .map(GeneView::family)
            .filter(family -> kind == null || kind.equals(Json.text(family, "kind")))
            .toList();
    invocation.printer().list(view(), GeneView.envelope(families));
  }

  void show(String name) {
    ObjectNode family =
        families().stream()
            .filter(indexed -> indexed.family().name().equals(name))
            .findFirst()
            .map(GeneView::familyWithSamples)
            .orElseThrow(() -> absent(name));
    invocation
        .printer()
        .show(
            new Answer(family.toString(), family),
            json -> Json.textOr("-", json, "name"),
            LocalFamilies::sheet);
  }

  void remove(String name) {
    if (!index.<Boolean>change(writer -> writer.remove(name))) {
      throw absent(name);
    }
    invocation.printer().message("removed");
  }

  void rename(String from, String to) {
    boolean isThere;
    try {
      isThere = index.<Boolean>change(writer -> writer.rename(from, to));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
    }
    if (!isThere) {
      throw absent(from);
    }
    invocation.printer().message("renamed");
  }

  private List<IndexedFamily> families() {
    return index.read(open -> open.families());
  }

  private static Failure absent(String name) {
    return new Failure(ExitCode.NOT_FOUND, "no family " + name + " in the index");
  }

  private static Sheet sheet(JsonNode family) {
    Sheet sheet =
        new Sheet()
            .section("Family " + Json.textOr("-", family, "name"))
            .field("kind", Json.text(family, "kind"))
            .field("versions", String.join(", ", Json.texts(family, "versions")));
    sheet.section("Samples");
    for (JsonNode sample : Json.items(family, "samples")) {
      sheet.line(
          Json.textOr("-", sample, "sha256")
              + " "
              + Json.textOr("", sample, "version")
              + " "
              + Json.textOr("", sample, "provenance"));
    }
    return sheet;
  }
}
