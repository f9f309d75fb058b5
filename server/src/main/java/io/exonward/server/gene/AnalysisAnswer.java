package io.exonward.server.gene;

import io.exonward.common.gene.GeneSet;

/** What a host says to a request. */
public sealed interface AnalysisAnswer {
  /** These are the genes. */
  record Extracted(GeneSet genes) implements AnalysisAnswer {}

  /** It is no machine code; there is nothing to wait for. */
  record WithoutGenes(String reason) implements AnalysisAnswer {}

  /** It could not be done, or what came cannot be read; untrusted text. */
  record Failed(String error) implements AnalysisAnswer {}
}
