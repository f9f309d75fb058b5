package io.exonward.common.gene;

import io.exonward.common.elf.Architecture;
import java.util.List;

/**
 * The genes of one code object.
 *
 * @param definition by which genes were made; only those of one definition can be compared
 * @param codeBytes of executable sections or of the memory region
 * @param functions by address
 * @param isComplete false if a limit ended the extraction; what is here is right, but not all
 */
public record GeneSet(
    int definition,
    Architecture architecture,
    long codeBytes,
    Genes stream,
    Genes triples,
    Genes strings,
    List<FunctionGenes> functions,
    boolean isComplete) {
  /**
   * The definition that this version extracts. Raised when any input gives other genes than before;
   * golden files hold it.
   */
  public static final int DEFINITION = 1;

  public GeneSet {
    functions = List.copyOf(functions);
  }
}
