package io.exonward.server.cli;

import static io.exonward.server.cli.print.Column.number;
import static io.exonward.server.cli.print.Column.text;
import static io.exonward.server.cli.print.Column.word;

import io.exonward.common.gene.match.Classification;
import io.exonward.common.gene.match.CodeAnalysis;
import io.exonward.common.gene.match.Matcher;
import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.gene.GeneWork;
import io.exonward.server.cli.print.Column;
import io.exonward.server.cli.print.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code exonctl code analyze}. One file gives one object, everything else a list. Ends with {@link
 * ExitCode#FOUND} if something is malicious; else with {@link ExitCode#REFUSED} if a file could not
 * be looked at or none has code, so that a pipeline does not take a scan that failed for a clean
 * one.
 */
final class CodeAnalyzeCommand {
  private final Invocation invocation;
  private final PositionalParamSpec files =
      Arguments.operands(0, "FILE|DIRECTORY", "Files, directories, .deb or .rpm packages");
  private final OptionSpec index = GeneArguments.requiredIndex();
  private final OptionSpec functions = Arguments.flag("--functions", "List each function as well");

  CodeAnalyzeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb(
        "analyze", "What code is related to, by an index", this::run, files, index, functions);
  }

  private void run() {
    List<Path> paths = GeneArguments.paths(files);
    Found found = new Found();
    GeneWork.Summary summary =
        GeneArguments.index(index)
            .read(open ->
                GeneArguments.work(invocation, "analyzed")
                    .run(paths, new Matcher(open)::analyze, found::add));
    print(found.items, paths.size() == 1 && Files.isRegularFile(paths.getFirst()));
    if (found.malicious > 0) {
      throw new Failure(
          ExitCode.FOUND, found.malicious + " of " + summary.files() + " are malicious");
    }
    if (summary.gaps() > 0) {
      throw new Failure(ExitCode.REFUSED, summary.gaps() + " could not be looked at, see above");
    }
    if (summary.files() == 0) {
      throw new Failure(ExitCode.REFUSED, "no code was found");
    }
  }

  private void print(List<ObjectNode> items, boolean isOneFile) {
    if (isOneFile && items.size() == 1) {
      ObjectNode only = items.getFirst();
      invocation
          .printer()
          .show(
              new Answer(only.toString(), only),
              json -> Json.textOr("-", json, "file"),
              AnalysisReport::sheet);
    } else {
      invocation.printer().list(view(), GeneView.envelope(items));
    }
  }

  private static View view() {
    return new View(
        "files with code",
        "file",
        List.of(
            word("CLASSIFICATION", "classification"),
            new Column("FAMILY", Column.Kind.WORD, item -> nearest("-", item, "name")),
            new Column("SHARE", Column.Kind.NUMBER, item -> percent(nearest("", item, "share"))),
            number("NOVEL", "novel", "functions"),
            text("FILE", "file"),
            text("REASON", "reason")));
  }

  private static String nearest(String fallback, JsonNode item, String field) {
    List<JsonNode> families = Json.items(item, "families");
    return families.isEmpty() ? fallback : Json.textOr(fallback, families.getFirst(), field);
  }

  static String percent(String share) {
    return share.isEmpty() ? "-" : Math.round(Double.parseDouble(share) * 100) + " %";
  }

  /** What was found so far. */
  private final class Found {
    private final List<ObjectNode> items = new ArrayList<>();
    private int malicious;

    void add(GeneWork.Done<CodeAnalysis> done) {
      items.add(GeneView.analysis(done, Arguments.isSet(functions)));
      if (done.result().classification() == Classification.MALICIOUS) {
        malicious++;
      }
    }
  }
}
