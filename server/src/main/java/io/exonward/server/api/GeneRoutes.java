package io.exonward.server.api;

import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.hash.Sha256;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.gene.CodeGenes;
import io.exonward.server.gene.Lineage;
import io.exonward.server.gene.Lineages;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What code is related to by its genes. */
final class GeneRoutes {
  private final Lineages lineages;
  private final Audited audited;

  GeneRoutes(Lineages lineages, Audited audited) {
    this.lineages = lineages;
    this.audited = audited;
  }

  List<Route> routes() {
    String one = "/api/v1/code/{sha256}";
    return List.of(
        Routes.get("readGenes", "/api/v1/genes", Role.VIEWER, this::readFigures),
        Routes.get("readCodeGenes", one + "/genes", Role.VIEWER, this::read),
        Routes.post("analyzeCode", one + "/analyze", Role.ANALYST, this::analyze));
  }

  private record CodeGenesView(
      String sha256,
      String state,
      int claims,
      boolean disputed,
      @Nullable String error,
      @Nullable LineageView lineage,
      int functionCount,
      List<FunctionView> functions,
      @Nullable String next) {
    static CodeGenesView of(CodeGenes it) {
      Lineage lineage = it.lineage();
      return new CodeGenesView(
          it.sha256().toString(),
          Fields.code(it.state()),
          it.claims(),
          it.isDisputed(),
          it.error(),
          lineage == null ? null : LineageView.of(lineage),
          lineage == null ? 0 : lineage.functions(),
          it.functions().items().stream().map(FunctionView::of).toList(),
          it.functions().next());
    }
  }

  private record FunctionView(
      String address,
      int size,
      @Nullable String name,
      @Nullable String family,
      @Nullable String matchedName,
      double similarity,
      double evidence,
      String label) {
    static FunctionView of(FunctionMatch it) {
      return new FunctionView(
          "0x" + Long.toHexString(it.address()),
          it.sizeBytes(),
          it.name(),
          it.family(),
          it.matchedName(),
          it.similarity(),
          it.evidence(),
          Fields.code(it.label()));
    }
  }

  private void readFigures(Call call) {
    call.allowParameters(Set.of());
    call.ok(lineages.readFigures());
  }

  private void read(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    call.ok(CodeGenesView.of(lineages.read(call.sha256("sha256"), call.page())));
  }

  private void analyze(Call call) {
    Sha256 sha256 = call.sha256("sha256");
    CodeGenes genes =
        audited.change(
            call.caller(),
            () -> {
              lineages.again(sha256);
              return lineages.read(sha256, PageRequest.first(50));
            },
            _ -> new Line("code.analyze", "code/" + sha256, Map.of()));
    call.ok(CodeGenesView.of(genes));
  }
}
