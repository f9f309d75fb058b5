package io.exonward.common.gene.match;

/**
 * When a likeness is called one. Measured in the laboratory on 16 families in 256 builds, two
 * compilers and five levels, against 1,240 unrelated binaries, unless another source is named.
 */
final class Thresholds {
  /** Functions of fewer instructions are too alike to say anything. */
  static final int MIN_INSTRUCTIONS = 10;

  /** "Same code". */
  static final double SAME_FUNCTION = 0.50;

  /** "Related": shown, but no evidence. */
  static final double RELATED_FUNCTION = 0.30;

  /**
   * In nats; for both of the above. With 42 families some 0.04 % of 54,000 functions of other
   * programs were claimed, code that they really share among them; with 60 it was 0.13 %.
   */
  static final double FUNCTION_EVIDENCE = 140;

  /**
   * Share of a family, with many families: of 300 to 600 unrelated binaries none reached it that
   * does not really hold code of the family.
   */
  private static final double RELATED_SHARE = 0.07;

  /** With few families nobody knows which genes every program has. */
  private static final double FEW_FAMILIES = 0.3;

  /** Without strings shares of unrelated binaries were up to so much larger. */
  static final double CODE_ONLY = 1.5;

  static final double STRONG_SHARE = 0.10;

  /**
   * What is added to the genes of code before shares are taken of them, in genes that nobody has:
   * 1000 nats of stream genes and 60 of triples and strings, where such a gene weighed log 601.
   */
  static final double STREAM_SMOOTHING = 1000 / Math.log(601);

  static final double SPARSE_SMOOTHING = 60 / Math.log(601);

  /** Genes of as many trusted or library families belong to none of them. */
  static final int COMMON_FAMILIES = 4;

  /** With fewer stream genes nothing is said of code. Chosen: an eighth of what is added above. */
  static final int MIN_STREAM_GENES = 20;

  // Chosen, not measured: what a part of code must have to be named where its share is small.

  static final int PART_FUNCTIONS = 2;

  /** More than twice what one function needs. */
  static final double PART_EVIDENCE = 300;

  /** Lineage: largest part of the stream genes that no trusted family has. */
  static final double MAX_NOVEL_GENES = 0.10;

  /** Lineage: smallest part of the code that is in functions of one trusted family. */
  static final double MIN_LINEAGE_BYTES = 0.95;

  /** From here on code is said to be mostly that of a trusted family. */
  static final double MOSTLY = 0.50;

  /** With so many functions of one build unchanged, new ones next to them are a foreign part. */
  static final double UNCHANGED_FUNCTIONS = 0.90;

  /** Foreign parts below are not told from what a linker adds. */
  static final long MIN_FOREIGN_BYTES = 128;

  private Thresholds() {}

  /** Share from which code is related to a family, in an index of so many families. */
  static double relatedShare(int families) {
    return RELATED_SHARE + FEW_FAMILIES / Math.max(1, families);
  }
}
