package io.exonward.common.gene;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A set of genes of one type, ascending. A gene is a hash of 48 bits, 0 to {@link #MAX}: with 100
 * million genes known, one foreign gene in three million is taken for a known one. Immutable.
 */
public final class Genes {
  /** Bits of a gene. */
  public static final int BITS = 48;

  /** The largest gene. */
  public static final long MAX = (1L << BITS) - 1;

  /** No gene at all. */
  public static final Genes NONE = new Genes(new long[0]);

  private final long[] sorted;

  private Genes(long[] sorted) {
    this.sorted = sorted;
  }

  /** Of the first {@code count} of {@code some}, in any order, also with duplicates. */
  public static Genes of(long[] some, int count) {
    if (count == 0) {
      return NONE;
    }
    long[] copy = Arrays.copyOf(some, count);
    Arrays.sort(copy);
    int kept = 1;
    for (int i = 1; i < count; i++) {
      if (copy[i] != copy[kept - 1]) {
        copy[kept++] = copy[i];
      }
    }
    return new Genes(kept == count ? copy : Arrays.copyOf(copy, kept));
  }

  /** Of some, in any order, also with duplicates. */
  public static Genes of(long... some) {
    return of(some, some.length);
  }

  /** Number of genes. */
  public int size() {
    return sorted.length;
  }

  /** The one at {@code index}, the smallest at 0. */
  public long at(int index) {
    return sorted[index];
  }

  /** Takes about log2 of the size steps. */
  public boolean contains(long gene) {
    return Arrays.binarySearch(sorted, gene) >= 0;
  }

  /** All, ascending. */
  public LongStream stream() {
    return Arrays.stream(sorted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Genes genes && Arrays.equals(sorted, genes.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return size() + " genes";
  }
}
