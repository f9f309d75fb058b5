package io.exonward.server.gene;

import io.exonward.common.gene.match.Classification;
import io.exonward.common.gene.match.CodeAnalysis;
import io.exonward.common.gene.match.FamilyMatch;
import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.gene.match.FunctionMatch.Label;
import io.exonward.common.gene.match.Novel;
import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What code is related to.
 *
 * @param families largest share first
 * @param malicious functions that only malicious families have, at most 10, the best evidence first
 * @param functions how many the code has
 * @param isComplete false if not all code was compared
 * @param isVerified false if fewer than three hosts say that these are its genes
 */
public record Lineage(
    Sha256 sha256,
    Classification classification,
    String reason,
    List<FamilyMatch> families,
    List<FunctionMatch> malicious,
    Novel novel,
    int functions,
    boolean isComplete,
    boolean isVerified,
    Instant analyzedAt) {
  private static final int NAMED_FUNCTIONS = 10;
  private static final int TOLD_FUNCTIONS = 3;

  public Lineage {
    families = List.copyOf(families);
    malicious = List.copyOf(malicious);
  }

  static Lineage of(Sha256 sha256, CodeAnalysis analysis, boolean isVerified, Instant now) {
    List<FunctionMatch> malicious =
        analysis.functions().stream()
            .filter(function -> function.label() == Label.MALICIOUS)
            .sorted(Comparator.comparingDouble(FunctionMatch::evidence).reversed())
            .limit(NAMED_FUNCTIONS)
            .toList();
    return new Lineage(
        sha256,
        analysis.classification(),
        analysis.reason(),
        analysis.families(),
        malicious,
        analysis.novel(),
        analysis.functions().size(),
        analysis.isComplete(),
        isVerified,
        now);
  }

  /** It may be treated better than unknown code. */
  public boolean isTrusted() {
    return classification == Classification.TRUSTED && isVerified;
  }

  public boolean isMalicious() {
    return classification == Classification.MALICIOUS;
  }

  /** For people: what it is, why, by which functions, and what that is worth. */
  public String text() {
    String word = classification.name().toLowerCase(Locale.ROOT);
    return "its genes say " + word + ": " + reason + functionText() + doubt();
  }

  private String functionText() {
    return malicious.isEmpty()
        ? ""
        : malicious.stream()
            .limit(TOLD_FUNCTIONS)
            .map(Lineage::text)
            .collect(Collectors.joining(", ", "; its functions ", ""));
  }

  private static String text(FunctionMatch function) {
    String name =
        function.name() != null ? function.name() : "0x" + Long.toHexString(function.address());
    String like = function.matchedName() != null ? "like " + function.matchedName() + ", " : "";
    return String.format(
        Locale.ROOT, "%s (%s%.0f %% similar)", name, like, 100 * function.similarity());
  }

  private String doubt() {
    String partial = isComplete ? "" : "; not all of its code was compared";
    return isVerified ? partial : partial + "; this is the word of fewer than three hosts";
  }
}
