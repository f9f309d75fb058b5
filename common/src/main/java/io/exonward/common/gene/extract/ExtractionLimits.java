package io.exonward.common.gene.extract;

/**
 * How much one extraction may cost. Counts, not seconds, so that every machine ends at the same
 * gene; whatever ends early gives a gene set that is not complete.
 *
 * @param maxInputBytes of the file or memory region; larger input is rejected
 * @param maxInstructions decoded; time grows with it
 * @param maxFunctions listed; memory grows with it, at most 200 bytes each besides their genes
 * @param maxGenes of all types together, 8 bytes each; while they are collected, up to 24
 */
public record ExtractionLimits(
    int maxInputBytes, int maxInstructions, int maxFunctions, int maxGenes) {
  /** At most 64 MB of memory besides the input. */
  public static final ExtractionLimits FRUGAL =
      new ExtractionLimits(128 << 20, 16 << 20, 60_000, 1_500_000);

  /** For import on a server, where the input is chosen by operators: about 1 GB. */
  public static final ExtractionLimits GENEROUS =
      new ExtractionLimits(1 << 30, 256 << 20, 1_000_000, 40_000_000);

  public ExtractionLimits {
    if (maxInputBytes < 1 || maxInstructions < 1 || maxFunctions < 1 || maxGenes < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
