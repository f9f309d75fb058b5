package io.exonward.common.gene;

/**
 * Ascending different numbers below a bound as gaps in Golomb-Rice code, whose parameter follows
 * from bound and count: about log2(bound / count) + 1.5 bits each, near the least that is possible
 * for numbers without pattern.
 */
final class SortedCode {
  private SortedCode() {}

  /** Writes {@code count} numbers. */
  static void write(BitWriter out, long[] sorted, int count, long bound) {
    out.number(count);
    int low = lowBits(bound, count);
    long before = -1;
    for (int i = 0; i < count; i++) {
      long gap = sorted[i] - before - 1;
      out.unary(gap >>> low);
      out.bits(gap, low);
      before = sorted[i];
    }
  }

  /**
   * Reads numbers.
   *
   * @param limit how many there may be
   * @throws GeneFormatException if there are more, or one is not below the bound
   */
  static long[] read(BitReader in, long bound, int limit) throws GeneFormatException {
    int count = in.number(limit, "genes");
    int low = lowBits(bound, count);
    if ((low + 1L) * count > in.left()) {
      throw new GeneFormatException("it ends in the middle");
    }
    long[] sorted = new long[count];
    long before = -1;
    for (int i = 0; i < count; i++) {
      long high = in.unary((bound >>> low) + 1);
      long number = before + 1 + (high << low | in.bits(low));
      if (number >= bound) {
        throw new GeneFormatException("genes are not in their range");
      }
      sorted[i] = number;
      before = number;
    }
    return sorted;
  }

  private static int lowBits(long bound, int count) {
    long mean = count == 0 ? 1 : Math.max(1, bound / count);
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(mean);
  }
}
