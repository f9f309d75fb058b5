package io.exonward.common.gene;

import java.util.Arrays;

/** Writes bits, the lowest first. */
final class BitWriter {
  private byte[] bytes = new byte[1024];
  private int size;
  private long pending;
  private int pendingBits;

  /** The lowest {@code count} bits of a value, at most 56. */
  void bits(long value, int count) {
    pending |= (value & ((1L << count) - 1)) << pendingBits;
    pendingBits += count;
    while (pendingBits >= Byte.SIZE) {
      append((byte) pending);
      pending >>>= Byte.SIZE;
      pendingBits -= Byte.SIZE;
    }
  }

  /** Seven bits at a time, the lowest first: one byte for what is below 128. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bits((rest & 0x7f) | 0x80, Byte.SIZE);
      rest >>>= 7;
    }
    bits(rest, Byte.SIZE);
  }

  /** All bits of a value. */
  void word(long value) {
    bits(value, Integer.SIZE);
    bits(value >>> Integer.SIZE, Integer.SIZE);
  }

  /** So many ones and a zero. */
  void unary(long ones) {
    for (long left = ones; left > 0; left -= Integer.SIZE) {
      bits(-1, (int) Math.min(left, Integer.SIZE));
    }
    bits(0, 1);
  }

  private void append(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(size, 2));
    }
    bytes[size++] = value;
  }

  /** What was written, filled up with zeros to whole bytes. */
  byte[] bytes() {
    if (pendingBits > 0) {
      bits(0, Byte.SIZE - pendingBits);
    }
    return Arrays.copyOf(bytes, size);
  }
}
