package io.exonward.common.gene;

/** Reads what {@link BitWriter} wrote; never beyond the end. */
final class BitReader {
  private static final int MAX_NUMBER_BYTES = 10;

  private final byte[] bytes;
  private int next;
  private long pending;
  private int pendingBits;

  BitReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** At most 56 bits. */
  long bits(int count) throws GeneFormatException {
    while (pendingBits < count) {
      if (next == bytes.length) {
        throw new GeneFormatException("it ends in the middle");
      }
      pending |= (bytes[next++] & 0xffL) << pendingBits;
      pendingBits += Byte.SIZE;
    }
    long value = pending & ((1L << count) - 1);
    pending >>>= count;
    pendingBits -= count;
    return value;
  }

  long number() throws GeneFormatException {
    long value = 0;
    for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
      long part = bits(Byte.SIZE);
      value |= (part & 0x7f) << (7 * i);
      if (part < 0x80) {
        if (part == 0 && i > 0) {
          throw new GeneFormatException("a number is longer than it needs");
        }
        return value;
      }
    }
    throw new GeneFormatException("a number does not end");
  }

  /** A number up to a limit. */
  int number(int limit, String what) throws GeneFormatException {
    long value = number();
    if (value < 0 || value > limit) {
      throw new GeneFormatException("%s of %d, at most %d".formatted(what, value, limit));
    }
    return (int) value;
  }

  long word() throws GeneFormatException {
    return bits(Integer.SIZE) | bits(Integer.SIZE) << Integer.SIZE;
  }

  /** Ones before the next zero; more than the limit are an error. */
  long unary(long limit) throws GeneFormatException {
    long ones = 0;
    while (bits(1) == 1) {
      if (++ones > limit) {
        throw new GeneFormatException("genes are not in their range");
      }
    }
    return ones;
  }

  /** Bits that are left, padding included. */
  long left() {
    return (long) (bytes.length - next) * Byte.SIZE + pendingBits;
  }

  /** Less than a byte may be left, of zeros. */
  void end() throws GeneFormatException {
    if (next != bytes.length || pendingBits >= Byte.SIZE || pending != 0) {
      throw new GeneFormatException("something follows its end");
    }
  }
}
