package io.exonward.common.gene.decode;

/**
 * Numbers of logical instructions: a run of ones, rotated and repeated (Arm ARM, DecodeBitMasks).
 */
final class ArmBitmask {
  private ArmBitmask() {}

  /** The number; 0 for a reserved encoding, which no valid one gives. */
  static long of(int word) {
    int n = word >>> 22 & 1;
    int rotation = word >>> 16 & 63;
    int ones = word >>> 10 & 63;
    int length = 31 - Integer.numberOfLeadingZeros((n << 6) | (~ones & 63));
    if (length < 1) {
      return 0;
    }
    int size = 1 << length;
    int count = (ones & (size - 1)) + 1;
    if (count == size) {
      return 0;
    }
    long all = size == Long.SIZE ? -1 : (1L << size) - 1;
    long run = (1L << count) - 1;
    int by = rotation & (size - 1);
    long element = by == 0 ? run : ((run >>> by) | (run << (size - by))) & all;
    return repeat(element, size, word < 0 ? Long.SIZE : Integer.SIZE);
  }

  private static long repeat(long element, int size, int width) {
    long result = element;
    for (int filled = size; filled < width; filled *= 2) {
      result |= result << filled;
    }
    return width == Integer.SIZE ? result & 0xffffffffL : result;
  }
}
