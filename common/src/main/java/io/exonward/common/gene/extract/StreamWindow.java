package io.exonward.common.gene.extract;

/** The last eight tokens, as a polynomial that rolls on. Used by one thread. */
final class StreamWindow {
  /** Tokens of a stream gene: eight did best in the laboratory, of 4 to 12. */
  static final int TOKENS = 8;

  private static final int MASK = TOKENS - 1;
  private static final long BASE = 0x9e3779b97f4a7c15L; // 2^64 / golden ratio, odd
  private static final long DROPPED = power(BASE, TOKENS);

  private final long[] last = new long[TOKENS];
  private int seen;
  private long polynomial;

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /** Begins anew: no gene reaches across. */
  void restart() {
    seen = 0;
    polynomial = 0;
  }

  /**
   * Takes a token in.
   *
   * @param mixed its bits spread, see {@link GeneHash#mix}
   * @return whether there are eight, and {@link #gene} is one
   */
  boolean add(long mixed) {
    int place = seen & MASK;
    long dropped = seen >= TOKENS ? last[place] : 0;
    last[place] = mixed;
    polynomial = polynomial * BASE + mixed - dropped * DROPPED;
    seen++;
    if (seen == 2 * TOKENS) {
      seen = TOKENS; // never overflows; the place stays the same
    }
    return seen >= TOKENS;
  }

  long gene() {
    return GeneHash.stream(polynomial);
  }
}
