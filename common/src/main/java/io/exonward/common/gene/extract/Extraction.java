package io.exonward.common.gene.extract;

import io.exonward.common.gene.GeneSet;

/** The genes of a code object, or why it has none. */
public sealed interface Extraction {
  /** There is code; {@link GeneSet#isComplete} says whether all of it was looked at. */
  record Extracted(GeneSet genes) implements Extraction {}

  /** There is nothing to take genes from. */
  record Rejected(Reason reason) implements Extraction {}

  /** Why there are no genes. */
  enum Reason {
    /** Neither an ELF file nor an archive of them. */
    NOT_ELF,
    /** For a processor, word size or byte order that is not known here. */
    OTHER_ARCHITECTURE,
    /** The headers contradict themselves or the size of the file. */
    MALFORMED,
    /** Well-formed, but nothing in it is executable. */
    NO_CODE,
    /** Larger than {@link ExtractionLimits#maxInputBytes}. */
    TOO_LARGE
  }
}
