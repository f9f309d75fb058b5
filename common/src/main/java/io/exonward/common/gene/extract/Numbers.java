package io.exonward.common.gene.extract;

import io.exonward.common.gene.Genes;
import java.util.Arrays;

/**
 * Collects numbers, of which only the different ones count. When it is full, duplicates are dropped
 * before it grows, so that it takes at most twice what the different ones need. Used by one thread.
 */
final class Numbers {
  private static final int FIRST_CAPACITY = 64;

  private long[] numbers = new long[FIRST_CAPACITY];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      dropDuplicates();
      if (size > numbers.length / 2) {
        numbers = Arrays.copyOf(numbers, Math.multiplyExact(numbers.length, 2));
      }
    }
    numbers[size++] = number;
  }

  void addAll(Genes genes) {
    for (int i = 0; i < genes.size(); i++) {
      add(genes.at(i));
    }
  }

  /** Sorts, and leaves one of each; {@link #size} is exact then. */
  void dropDuplicates() {
    Arrays.sort(numbers, 0, size);
    int kept = Math.min(1, size);
    for (int i = 1; i < size; i++) {
      if (numbers[i] != numbers[kept - 1]) {
        numbers[kept++] = numbers[i];
      }
    }
    size = kept;
  }

  /** How many there are, duplicates among them. */
  int size() {
    return size;
  }

  long at(int index) {
    return numbers[index];
  }

  /** Where the first one is that is not below {@code number}; only after dropping duplicates. */
  int firstFrom(long number) {
    int found = Arrays.binarySearch(numbers, 0, size, number);
    return found < 0 ? -found - 1 : found;
  }

  /** The different ones, ascending. */
  long[] distinct() {
    dropDuplicates();
    return Arrays.copyOf(numbers, size);
  }

  /** The different ones, all of them genes. */
  Genes genes() {
    return Genes.of(numbers, size);
  }

  void clear() {
    size = 0;
  }
}
