package io.exonward.common.gene.index;

import io.exonward.common.gene.Genes;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.lang.foreign.MemorySegment;

/**
 * A sorted map from keys to numbers, in mapped memory.
 *
 * <p>The first {@code prefixBits} of a key number its bucket, whose bounds are in a directory; the
 * rest is packed, and so are the values, apart from the keys because most look-ups miss. There are
 * 16 to 32 genes to a bucket. Of 100 million genes that is 26 bits for the key, 1.3 bits of
 * directory and what the value needs.
 *
 * <p>A look-up reads two bounds and searches a bucket by halving, so that a forged file costs no
 * more than log2 of its size. Every access is checked by the memory segment; bounds that contradict
 * each other are reported as damage.
 */
final class GeneTable {
  static final int KEY_BITS = Genes.BITS;
  private static final int MAX_PREFIX_BITS = 26;
  private static final int BUCKET_GENES = 16;

  private final MemorySegment bytes;
  private final long size;
  private final int prefixBits;
  private final int keyWidth;
  private final int valueWidth;
  private final long keys;
  private final long values;

  /**
   * Of a table that starts at {@code offset}.
   *
   * @throws GeneIndexException if it does not fit
   */
  GeneTable(MemorySegment bytes, long offset, long size, int valueWidth) {
    this.bytes = bytes;
    this.size = size;
    this.valueWidth = valueWidth;
    if (size < 0
        || size > Integer.MAX_VALUE
        || valueWidth < 1
        || valueWidth > Packed.MAX_WIDTH
        || offset < 0
        || offset > bytes.byteSize() - bytes(size, valueWidth)) {
      throw damaged("a table of " + size + " genes does not fit");
    }
    prefixBits = prefixBits(size);
    keyWidth = KEY_BITS - prefixBits;
    this.directory = offset;
    keys = offset + directoryBytes(prefixBits);
    values = keys + Packed.bytes(size, keyWidth);
  }

  private final long directory;

  /** The key of a gene: itself; of the exact gene of a function, which is longer, a part. */
  static long key(long gene) {
    return gene & Genes.MAX;
  }

  static int prefixBits(long size) {
    int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, size / BUCKET_GENES));
    return Math.min(bits, MAX_PREFIX_BITS);
  }

  static long directoryBytes(int prefixBits) {
    return ((1L << prefixBits) + 1) * Integer.BYTES;
  }

  /** Length of a table in bytes. */
  static long bytes(long size, int valueWidth) {
    int prefixBits = prefixBits(size);
    return directoryBytes(prefixBits)
        + Packed.bytes(size, KEY_BITS - prefixBits)
        + Packed.bytes(size, valueWidth);
  }

  long size() {
    return size;
  }

  /** Place of a key, or -1. */
  long find(long key) {
    long bucket = key >>> keyWidth;
    long rest = key & (1L << keyWidth) - 1;
    long low = bound(bucket);
    long high = bound(bucket + 1) - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      long found = Packed.at(bytes, keys, middle, keyWidth);
      if (found < rest) {
        low = middle + 1;
      } else if (found > rest) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  long value(long place) {
    return Packed.at(bytes, values, place, valueWidth);
  }

  /** Number of genes before bucket {@code bucket}. */
  long bound(long bucket) {
    int bound = bytes.get(Packed.INT, directory + bucket * Integer.BYTES);
    if (bound < 0 || bound > size) {
      throw damaged("a bucket ends at " + bound + " of " + size);
    }
    return bound;
  }

  /** All keys, ascending. */
  Cursor cursor() {
    return new Cursor();
  }

  private static GeneIndexException damaged(String what) {
    return new GeneIndexException(Problem.DAMAGED, "damaged segment: " + what);
  }

  /** Walks over a table. */
  final class Cursor {
    private long place = -1;
    private long bucket = -1;
    private long end;

    /** Steps on; false at the end. */
    boolean advance() {
      if (++place >= size) {
        return false;
      }
      while (place >= end) {
        if (++bucket >= 1L << prefixBits) {
          throw damaged("buckets hold " + end + " of " + size + " genes");
        }
        end = bound(bucket + 1);
      }
      return true;
    }

    long key() {
      return bucket << keyWidth | Packed.at(bytes, keys, place, keyWidth);
    }

    long value() {
      return GeneTable.this.value(place);
    }
  }
}
