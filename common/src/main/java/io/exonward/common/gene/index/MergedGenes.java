package io.exonward.common.gene.index;

import java.util.List;

/**
 * Walks over several cursors as if they were one. A step looks at each of them: there are a dozen
 * at most.
 */
final class MergedGenes {
  private final List<GeneCursor> cursors;
  private final boolean[] isEnded;
  private final boolean[] isHere;
  private long key = -1;

  MergedGenes(List<GeneCursor> cursors) {
    this.cursors = cursors;
    isEnded = new boolean[cursors.size()];
    isHere = new boolean[cursors.size()];
    for (int i = 0; i < isEnded.length; i++) {
      isEnded[i] = !cursors.get(i).advance();
    }
  }

  /** Steps to the next key; false at the end. */
  boolean advance() {
    for (int i = 0; i < isHere.length; i++) {
      if (isHere[i]) {
        isEnded[i] = !cursors.get(i).advance();
      }
    }
    long next = Long.MAX_VALUE; // keys have 48 bits
    for (int i = 0; i < isHere.length; i++) {
      if (!isEnded[i]) {
        next = Math.min(next, cursors.get(i).key());
      }
    }
    if (next <= key) {
      throw new GeneIndexException(
          GeneIndexException.Problem.DAMAGED, "damaged segment: genes are not in order");
    }
    key = next;
    for (int i = 0; i < isHere.length; i++) {
      isHere[i] = !isEnded[i] && cursors.get(i).key() == next;
    }
    return next != Long.MAX_VALUE;
  }

  long key() {
    return key;
  }

  /** Number of cursors. */
  int width() {
    return isHere.length;
  }

  /** Whether the cursor at {@code index} has this key. */
  boolean isHere(int index) {
    return isHere[index];
  }

  GeneCursor cursor(int index) {
    return cursors.get(index);
  }
}
