package io.exonward.common.gene.match;

import java.util.List;

/**
 * How alike two code objects are.
 *
 * @param similarity of code, constants and strings, 0 to 1
 * @param similarityCodeOnly the same without strings
 * @param shareOfA part of A's code genes that B has, 0 to 1
 * @param shareOfB part of B's code genes that A has, 0 to 1
 * @param pairs of functions, each function at most once, by address in A
 */
public record CodeComparison(
    double similarity,
    double similarityCodeOnly,
    double shareOfA,
    double shareOfB,
    List<FunctionPair> pairs) {
  public CodeComparison {
    pairs = List.copyOf(pairs);
  }
}
