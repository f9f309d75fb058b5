package io.exonward.common.gene.index;

import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.Genes;
import java.util.Arrays;

/** A type of gene that functions are found by. */
enum Feature {
  FRAGMENT(0, 1.0),
  CONSTANT(1, 0.7),
  STRING(2, 1.0),
  IMPORT(3, 0.7),
  NEIGHBOR(4, 1.0),
  /** Finds the same function at once; not part of its similarity. */
  EXACT(5, 0);

  /** Those that a similarity is made of, by their place. */
  static final Feature[] WEIGHED = {FRAGMENT, CONSTANT, STRING, IMPORT, NEIGHBOR};

  /**
   * Of larger functions only as many of each type are kept, those of the smallest keys: the same
   * choice in every build, so that it estimates the similarity of the whole.
   */
  static final int MAX_KEYS = 4096;

  /** Where it is in arrays and in files. */
  final int place;

  /** Share in a function's similarity, set by hand on a corpus of 256 builds of 16 programs. */
  final double weight;

  Feature(int place, double weight) {
    this.place = place;
    this.weight = weight;
  }

  /** Keys of a function's genes of this type, ascending. */
  long[] keys(FunctionGenes function) {
    Genes genes =
        switch (this) {
          case FRAGMENT -> function.fragments();
          case CONSTANT -> function.constants();
          case STRING -> function.strings();
          case IMPORT -> function.imports();
          case NEIGHBOR -> function.neighbors();
          case EXACT -> Genes.of(function.exact());
        };
    long[] keys = genes.stream().map(GeneTable::key).sorted().distinct().toArray();
    return keys.length <= MAX_KEYS ? keys : Arrays.copyOf(keys, MAX_KEYS);
  }
}
