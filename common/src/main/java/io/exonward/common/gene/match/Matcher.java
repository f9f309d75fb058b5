package io.exonward.common.gene.match;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.index.GeneIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares code with the families of an index. Thread-safe. */
public final class Matcher {
  private final GeneIndex index;

  /** The index stays the caller's: it must be open as long as this is used. */
  public Matcher(GeneIndex index) {
    this.index = index;
  }

  /**
   * Says what code is related to.
   *
   * @throws IllegalArgumentException if the genes are of another definition than the index
   */
  public CodeAnalysis analyze(GeneSet code) {
    if (index.definition() != 0 && index.definition() != code.definition()) {
      throw new IllegalArgumentException(
          "genes of definition %d, index of %d".formatted(code.definition(), index.definition()));
    }
    GeneShares shares = new GeneShares(index, code);
    FunctionStage functions = new FunctionStage(index.functionSearch());
    for (FunctionGenes function : code.functions()) {
      functions.label(function);
    }
    List<FamilyMatch> families = families(shares, functions);
    Novel novel = novel(code, shares, functions);
    Verdict.Answer answer = verdict(code, families, novel, shares, functions).answer();
    return new CodeAnalysis(
        answer.classification(),
        answer.reason(),
        families,
        novel,
        functions.matches(),
        code.isComplete());
  }

  private static List<FamilyMatch> families(GeneShares shares, FunctionStage functions) {
    Set<Family> candidates = new HashSet<>(shares.families());
    candidates.addAll(functions.parts().keySet());
    List<FamilyMatch> related = new ArrayList<>();
    for (Family family : candidates) {
      FunctionStage.Part part = functions.part(family);
      double share = shares.share(family);
      double codeOnly = shares.shareCodeOnly(family);
      FamilyMatch match =
          new FamilyMatch(family, "", share, codeOnly, part.functions, part.evidence);
      if (share >= shares.relatedShare()
          || codeOnly >= Thresholds.CODE_ONLY * shares.relatedShare()
          || Verdict.isPart(match)) {
        String version = version(shares.version(family), part);
        related.add(
            new FamilyMatch(family, version, share, codeOnly, part.functions, part.evidence));
      }
    }
    related.sort(
        Comparator.comparingDouble((FamilyMatch match) -> -match.share())
            .thenComparing(match -> match.family().name()));
    return related;
  }

  private static String version(String byGenes, FunctionStage.Part part) {
    return byGenes.isEmpty()
        ? part.versions.entrySet().stream()
            .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .orElse("")
        : byGenes;
  }

  private static Novel novel(GeneSet code, GeneShares shares, FunctionStage functions) {
    return functions.bytes() > 0
        ? new Novel(functions.novelFunctions(), functions.novelBytes())
        : new Novel(0, Math.round(shares.novelPart() * code.codeBytes()));
  }

  private static Verdict verdict(
      GeneSet code,
      List<FamilyMatch> families,
      Novel novel,
      GeneShares shares,
      FunctionStage functions) {
    FunctionStage.Part lineage =
        families.stream()
            .map(FamilyMatch::family)
            .filter(family -> family.kind() == Family.Kind.TRUSTED)
            .findFirst()
            .map(functions::part)
            .orElseGet(FunctionStage.Part::new);
    return new Verdict(
        families,
        novel,
        code.stream().size(),
        shares.novelPart(),
        lineage.exact / (double) Math.max(1, lineage.functions),
        lineage.bytes / (double) Math.max(1, functions.bytes()),
        shares.relatedShare());
  }

  /**
   * Compares two code objects with each other, without an index.
   *
   * @throws IllegalArgumentException if their genes are of different definitions or architectures
   */
  public static CodeComparison compare(GeneSet a, GeneSet b) {
    if (a.definition() != b.definition()) {
      throw new IllegalArgumentException(
          "genes of definitions %d and %d".formatted(a.definition(), b.definition()));
    }
    if (a.architecture() != b.architecture()) {
      throw new IllegalArgumentException(
          "code for %s and for %s".formatted(a.architecture(), b.architecture()));
    }
    return new PairComparison(a, b).result();
  }
}
