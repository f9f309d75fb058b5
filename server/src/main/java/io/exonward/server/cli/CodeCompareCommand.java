package io.exonward.server.cli;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.match.CodeComparison;
import io.exonward.common.gene.match.Matcher;
import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.gene.GeneWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl code compare}. */
final class CodeCompareCommand {
  private final Invocation invocation;
  private final PositionalParamSpec a = Arguments.operand(0, "A", "One file");
  private final PositionalParamSpec b = Arguments.operand(1, "B", "The other");
  private final OptionSpec functions =
      Arguments.flag("--functions", "List functions that are the same or related");

  CodeCompareCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb("compare", "How alike two files are", this::run, a, b, functions);
  }

  private void run() {
    GeneWork.Done<GeneSet> genesOfA = genes(Arguments.required(a));
    GeneWork.Done<GeneSet> genesOfB = genes(Arguments.required(b));
    CodeComparison comparison;
    try {
      comparison = Matcher.compare(genesOfA.result(), genesOfB.result());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.REFUSED, "they cannot be compared: " + e.getMessage(), e);
    }
    ObjectNode json =
        GeneView.comparison(genesOfA, genesOfB, comparison, Arguments.isSet(functions));
    invocation
        .printer()
        .show(
            new Answer(json.toString(), json),
            it -> Json.textOr("-", it, "similarity"),
            AnalysisReport::comparison);
  }

  private GeneWork.Done<GeneSet> genes(String file) {
    List<GeneWork.Done<GeneSet>> found = new ArrayList<>();
    GeneArguments.work(invocation, "read")
        .run(List.of(GeneArguments.existing(file)), Function.identity(), found::add);
    if (found.size() != 1) {
      throw new Failure(
          ExitCode.REFUSED,
          file + (found.isEmpty() ? " has no code" : " holds several files; name one"));
    }
    return found.getFirst();
  }
}
