package io.exonward.common.gene.match;

import java.util.List;

/**
 * What code is related to.
 *
 * @param reason of the classification: one sentence for people
 * @param families it is related to, the largest share first
 * @param functions all of the code, by address
 * @param isComplete false if the genes were not all of the code
 */
public record CodeAnalysis(
    Classification classification,
    String reason,
    List<FamilyMatch> families,
    Novel novel,
    List<FunctionMatch> functions,
    boolean isComplete) {
  public CodeAnalysis {
    families = List.copyOf(families);
    functions = List.copyOf(functions);
  }
}
