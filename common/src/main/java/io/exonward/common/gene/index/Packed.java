package io.exonward.common.gene.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unsigned numbers of a fixed number of bits, one after the other, lowest bit first. Reading one
 * reads the eight bytes that it starts in, so {@link #PADDING_BYTES} follow the last.
 */
final class Packed {
  /** So that a number and up to seven bits before it fit eight bytes. */
  static final int MAX_WIDTH = 57;

  static final int PADDING_BYTES = 8;

  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Packed() {}

  /** Length in bytes, padding included. */
  static long bytes(long count, int width) {
    return Math.ceilDiv(count * width, (long) Byte.SIZE) + PADDING_BYTES;
  }

  /** Bits that the largest value needs, at least one. */
  static int width(long max) {
    return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(max));
  }

  /** The number at {@code index} of those that start at byte {@code offset}. */
  static long at(MemorySegment bytes, long offset, long index, int width) {
    long bit = index * width;
    return bytes.get(LONG, offset + (bit >>> 3)) >>> (bit & 7) & (1L << width) - 1;
  }
}
