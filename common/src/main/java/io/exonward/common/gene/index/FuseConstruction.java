package io.exonward.common.gene.index;

/**
 * Makes a binary fuse filter with one seed: places that a single key uses are taken away, last in,
 * first out, until no key is left; then fingerprints are set in the opposite order. Linear in the
 * keys. Used once.
 */
final class FuseConstruction {
  private static final int PLACES = 3;

  private final FuseShape shape;
  private final long seed;
  private final int[] keysAt;
  private final long[] hashesAt;

  FuseConstruction(FuseShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
    keysAt = new int[Math.toIntExact(shape.bytes())];
    hashesAt = new long[keysAt.length];
  }

  /** The fingerprints, or nothing if this seed does not work. */
  byte[] make(long[] keys) {
    for (long key : keys) {
      change(FuseShape.hash(key, seed), 1);
    }
    long[] order = new long[keys.length];
    int[] places = new int[keys.length];
    int taken = take(order, places);
    if (taken < keys.length) {
      return new byte[0];
    }
    byte[] fingerprints = new byte[keysAt.length];
    for (int i = taken - 1; i >= 0; i--) {
      byte value = FuseShape.fingerprint(order[i]);
      for (int which = 0; which < PLACES; which++) {
        value ^= fingerprints[shape.place(order[i], which)];
      }
      // its own place is still 0: each place is given to one key
      fingerprints[places[i]] = value;
    }
    return fingerprints;
  }

  private int take(long[] order, int[] places) {
    int[] queue = new int[keysAt.length];
    int queued = 0;
    for (int place = 0; place < keysAt.length; place++) {
      if (keysAt[place] == 1) {
        queue[queued++] = place;
      }
    }
    int taken = 0;
    while (queued > 0) {
      int place = queue[--queued];
      if (keysAt[place] != 1) {
        continue;
      }
      long hash = hashesAt[place];
      order[taken] = hash;
      places[taken++] = place;
      change(hash, -1);
      for (int which = 0; which < PLACES; which++) {
        int other = shape.place(hash, which);
        if (keysAt[other] == 1) {
          queue[queued++] = other;
        }
      }
    }
    return taken;
  }

  private void change(long hash, int difference) {
    for (int which = 0; which < PLACES; which++) {
      int place = shape.place(hash, which);
      keysAt[place] += difference;
      hashesAt[place] ^= hash;
    }
  }
}
