package io.exonward.common.gene.match;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.index.FunctionHit;
import io.exonward.common.gene.index.FunctionSearch;
import io.exonward.common.gene.match.FunctionMatch.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labels the functions of code, one by one, by the most similar function of the index. Of equally
 * similar ones trusted code wins, then libraries, then tools: code is called malicious only where
 * nobody else has it. Used by one thread.
 */
final class FunctionStage {
  /** Of the best, as many are looked at for one of a more harmless family. */
  private static final int TIES = 12;

  /** Similarities this near to the best are equal: sums of single precision. */
  private static final double TIE = 0.999;

  private final FunctionSearch search;
  private final List<FunctionMatch> matches = new ArrayList<>();
  private final Map<Family, Part> parts = new HashMap<>();
  private int novelFunctions;
  private long novelBytes;
  private long bytes;

  FunctionStage(FunctionSearch search) {
    this.search = search;
  }

  /** What code has of a family. */
  static final class Part {
    int functions;
    int exact;
    long bytes;
    double evidence;
    final Map<String, Integer> versions = new HashMap<>();
  }

  void label(FunctionGenes function) {
    if (function.instructions() < Thresholds.MIN_INSTRUCTIONS) {
      matches.add(match(function, null, Label.SMALL));
      return;
    }
    bytes += function.sizeBytes();
    FunctionHit hit = best(function);
    Label label = hit == null ? Label.NOVEL : label(hit);
    switch (label) {
      case TRUSTED, LIBRARY, TOOL, MALICIOUS -> count(function, hit);
      case RELATED, COMMON, NOVEL, SMALL -> {}
    }
    if (label != Label.TRUSTED && label != Label.COMMON) {
      novelFunctions++;
      novelBytes += function.sizeBytes();
    }
    boolean isNamed = label != Label.NOVEL && label != Label.COMMON;
    matches.add(match(function, isNamed ? hit : null, label));
  }

  private @Nullable FunctionHit best(FunctionGenes function) {
    FunctionHit best = null;
    for (FunctionHit hit : search.search(function, TIES, TIE)) {
      if (best == null) {
        best = hit;
      } else if (hit.family().kind().compareTo(best.family().kind()) < 0) {
        best = hit;
      }
    }
    return best;
  }

  private Label label(FunctionHit hit) {
    boolean isTrusted = hit.family().kind() == Family.Kind.TRUSTED;
    boolean isSame =
        hit.similarity() >= Thresholds.SAME_FUNCTION
            && (hit.evidence() >= Thresholds.FUNCTION_EVIDENCE || (hit.isExact() && isTrusted));
    if (!isSame) {
      boolean isRelated =
          hit.similarity() >= Thresholds.RELATED_FUNCTION
              && hit.evidence() >= Thresholds.FUNCTION_EVIDENCE;
      return isRelated ? Label.RELATED : Label.NOVEL;
    }
    return switch (hit.family().kind()) {
      case TRUSTED -> Label.TRUSTED;
      case LIBRARY -> search.isCommon(hit) ? Label.COMMON : Label.LIBRARY;
      case TOOL -> search.isCommon(hit) ? Label.COMMON : Label.TOOL;
      case MALICIOUS -> search.isCommon(hit) ? Label.COMMON : Label.MALICIOUS;
    };
  }

  private void count(FunctionGenes function, @Nullable FunctionHit hit) {
    if (hit == null) {
      return;
    }
    Part part = parts.computeIfAbsent(hit.family(), fresh -> new Part());
    part.functions++;
    part.exact += hit.isExact() ? 1 : 0;
    part.bytes += function.sizeBytes();
    part.evidence += hit.evidence();
    part.versions.merge(hit.version(), 1, Integer::sum);
  }

  private static FunctionMatch match(
      FunctionGenes function, @Nullable FunctionHit hit, Label label) {
    return new FunctionMatch(
        function.address(),
        function.sizeBytes(),
        function.name(),
        hit == null ? null : hit.family().name(),
        hit == null ? null : hit.name(),
        hit == null ? 0 : hit.similarity(),
        hit == null ? 0 : hit.evidence(),
        label);
  }

  List<FunctionMatch> matches() {
    return matches;
  }

  Map<Family, Part> parts() {
    return parts;
  }

  /** What a family has; nothing if none of its functions was found. */
  Part part(Family family) {
    return parts.getOrDefault(family, new Part());
  }

  int novelFunctions() {
    return novelFunctions;
  }

  long novelBytes() {
    return novelBytes;
  }

  /** Of all functions that are not too small. */
  long bytes() {
    return bytes;
  }
}
