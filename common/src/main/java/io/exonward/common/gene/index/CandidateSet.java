package io.exonward.common.gene.index;

import java.util.Arrays;

/**
 * Functions that share genes with one searched for, and how much by feature: an open hash table
 * that is emptied and used again. Not thread-safe.
 */
final class CandidateSet {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd
  private static final int FEATURES = Feature.WEIGHED.length;
  private static final int MIN_SLOTS = 1 << 10;

  /** Numbers of functions plus one; 0 is a free slot. */
  private long[] slots = new long[MIN_SLOTS];

  private int[] places = new int[MIN_SLOTS];
  private long[] numbers = new long[MIN_SLOTS];
  private double[] dots = new double[MIN_SLOTS * FEATURES];
  private double[] scores = new double[MIN_SLOTS];
  private int size;

  void clear() {
    if (size > slots.length >> 3) {
      Arrays.fill(slots, 0);
    } else {
      for (int i = 0; i < size; i++) {
        slots[slot(numbers[i])] = 0;
      }
    }
    size = 0;
  }

  /** The slot of a number, or the free one where it belongs. */
  private int slot(long number) {
    int mask = slots.length - 1;
    int slot = (int) (((number + 1) * MULTIPLIER) >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != number + 1) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Adds to what a function shares. */
  void add(long number, int feature, double dot) {
    int slot = slot(number);
    if (slots[slot] == 0) {
      if (2 * (size + 1) > slots.length) {
        grow();
        slot = slot(number);
      }
      slots[slot] = number + 1;
      places[slot] = size;
      numbers[size] = number;
      Arrays.fill(dots, size * FEATURES, (size + 1) * FEATURES, 0);
      size++;
    }
    dots[places[slot] * FEATURES + feature] += dot;
  }

  private void grow() {
    numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    dots = Arrays.copyOf(dots, 2 * dots.length);
    scores = Arrays.copyOf(scores, 2 * scores.length);
    slots = new long[2 * slots.length];
    places = new int[slots.length];
    for (int i = 0; i < size; i++) {
      int slot = slot(numbers[i]);
      slots[slot] = numbers[i] + 1;
      places[slot] = i;
    }
  }

  int size() {
    return size;
  }

  long number(int place) {
    return numbers[place];
  }

  double dot(int place, int feature) {
    return dots[place * FEATURES + feature];
  }

  void score(int place, double score) {
    scores[place] = score;
  }

  /** Leaves those with the highest scores, of equal ones the lowest numbers, in no order. */
  void keepBest(int limit) {
    if (size <= limit) {
      return;
    }
    double[] sorted = Arrays.copyOf(scores, size);
    Arrays.sort(sorted);
    double bound = sorted[size - limit];
    int equal = limit;
    for (int i = 0; i < size; i++) {
      equal -= scores[i] > bound ? 1 : 0;
    }
    long last = lowest(bound, equal);
    int kept = 0;
    Arrays.fill(slots, 0);
    for (int i = 0; i < size; i++) {
      if (scores[i] > bound || (scores[i] == bound && numbers[i] <= last)) {
        move(i, kept++);
      }
    }
    size = kept;
    for (int i = 0; i < size; i++) {
      int slot = slot(numbers[i]);
      slots[slot] = numbers[i] + 1;
      places[slot] = i;
    }
  }

  /** The highest of the {@code count} lowest numbers with a score. */
  private long lowest(double score, int count) {
    long[] with = new long[size];
    int found = 0;
    for (int i = 0; i < size; i++) {
      if (scores[i] == score) {
        with[found++] = numbers[i];
      }
    }
    Arrays.sort(with, 0, found);
    return with[count - 1];
  }

  private void move(int from, int to) {
    numbers[to] = numbers[from];
    scores[to] = scores[from];
    System.arraycopy(dots, from * FEATURES, dots, to * FEATURES, FEATURES);
  }
}
