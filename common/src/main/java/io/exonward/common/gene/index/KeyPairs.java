package io.exonward.common.gene.index;

import java.util.Arrays;

/**
 * Keys with a number below 65,536 each, collected in any order and then walked over sorted. One
 * long a pair: its upper 48 bits are the key. Not thread-safe.
 */
final class KeyPairs {
  private static final int ID_BITS = Long.SIZE - GeneTable.KEY_BITS;
  static final int MAX_IDS = 1 << ID_BITS;

  private long[] pairs = new long[1024];
  private int count;

  void add(long key, int id) {
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, count * 2);
    }
    // the sort is signed, the keys are not
    pairs[count++] = (key << ID_BITS | id) ^ Long.MIN_VALUE;
  }

  int size() {
    return count;
  }

  /** Sorts; then walks over all. Nothing may be added while one walks. */
  GeneCursor cursor() {
    Arrays.sort(pairs, 0, count);
    return new Cursor();
  }

  private final class Cursor implements GeneCursor {
    private int start;
    private int end;

    @Override
    public boolean advance() {
      start = end;
      if (start >= count) {
        return false;
      }
      long key = key();
      do {
        end++;
      } while (end < count && (pairs[end] ^ Long.MIN_VALUE) >>> ID_BITS == key);
      return true;
    }

    @Override
    public long key() {
      return (pairs[start] ^ Long.MIN_VALUE) >>> ID_BITS;
    }

    @Override
    public int[] ids() {
      int[] ids = new int[end - start];
      int distinct = 0;
      for (int i = start; i < end; i++) {
        int id = (int) pairs[i] & MAX_IDS - 1;
        if (distinct == 0 || ids[distinct - 1] != id) {
          ids[distinct++] = id;
        }
      }
      return distinct == ids.length ? ids : Arrays.copyOf(ids, distinct);
    }
  }
}
