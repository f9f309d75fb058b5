package io.exonward.common.gene.extract;

import io.exonward.common.elf.Architecture;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Genes;
import java.util.List;

/** Collects the genes of a whole code object. Used by one thread. */
final class WholeGenes {
  private final Numbers stream = new Numbers();
  private final Numbers triples = new Numbers();
  private final Numbers strings = new Numbers();

  void addStream(Numbers genes) {
    for (int i = 0; i < genes.size(); i++) {
      stream.add(genes.at(i));
    }
  }

  void addStrings(Genes genes) {
    strings.addAll(genes);
  }

  /** By the order of their hashes, so that the order in code does not matter. */
  void addTriples(Genes constants) {
    for (int i = 0; i + 2 < constants.size(); i++) {
      triples.add(GeneHash.triple(constants.at(i), constants.at(i + 1), constants.at(i + 2)));
    }
  }

  /** How many are kept now, duplicates among them. */
  int size() {
    return stream.size() + triples.size() + strings.size();
  }

  GeneSet geneSet(
      Architecture architecture,
      long codeBytes,
      List<FunctionGenes> functions,
      boolean isComplete) {
    return new GeneSet(
        GeneSet.DEFINITION,
        architecture,
        codeBytes,
        stream.genes(),
        triples.genes(),
        strings.genes(),
        functions,
        isComplete);
  }
}
