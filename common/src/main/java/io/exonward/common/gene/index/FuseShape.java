package io.exonward.common.gene.index;

/**
 * Where the keys of a binary fuse filter are looked for; see {@link TrustedFilter}. The sizes are
 * the paper's for three places.
 *
 * @param segmentLength a power of two
 * @param startLength places that the first of the three can be at
 */
record FuseShape(int segmentLength, int startLength) {
  private static final int MAX_SEGMENT = 1 << 18;
  private static final int PLACES = 3;

  static FuseShape of(int keys) {
    if (keys < 2) {
      return new FuseShape(4, 4);
    }
    int bits = (int) Math.floor(StrictMath.log(keys) / StrictMath.log(3.33) + 2.25);
    int length = Math.min(1 << bits, MAX_SEGMENT);
    double factor =
        Math.max(1.125, 0.875 + 0.25 * StrictMath.log(1_000_000) / StrictMath.log(keys));
    long capacity = Math.round(keys * factor);
    long segments = Math.max(1, Math.ceilDiv(capacity, (long) length) - (PLACES - 1));
    return new FuseShape(length, Math.toIntExact(segments * length));
  }

  long bytes() {
    return startLength + (PLACES - 1L) * segmentLength;
  }

  /** A permutation of 64-bit numbers: the finalizer of MurmurHash3 (Appleby, public domain). */
  static long hash(long key, long seed) {
    long hash = key + seed * 0x9E37_79B9_7F4A_7C15L;
    hash = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
    return hash ^ hash >>> 33;
  }

  static byte fingerprint(long hash) {
    return (byte) (hash ^ hash >>> 32);
  }

  /** The place numbered 0, 1 or 2 of a key. */
  int place(long hash, int which) {
    int start = (int) Math.unsignedMultiplyHigh(hash, startLength);
    return switch (which) {
      case 0 -> start;
      case 1 -> (start + segmentLength) ^ ((int) (hash >>> 18) & (segmentLength - 1));
      default -> (start + 2 * segmentLength) ^ ((int) hash & (segmentLength - 1));
    };
  }
}
