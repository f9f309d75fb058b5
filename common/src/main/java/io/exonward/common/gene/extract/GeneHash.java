package io.exonward.common.gene.extract;

import io.exonward.common.gene.Genes;

/**
 * How genes are hashed. Part of the definition of genes: every number here is chosen once and never
 * changes without a new definition.
 */
final class GeneHash {
  /** Start of the exact gene of a function. */
  static final long EXACT_SEED = 0xcbf29ce484222325L; // FNV-1a, 64 bits

  // Seeds keep types apart: a number is never the gene of a string by chance of its value.
  private static final long STREAM = 0x2545f491L;
  private static final long FRAGMENT = 0x51ed270bL;
  private static final long CONSTANT = 0x6c62272eL;
  private static final long DISPLACEMENT = 0x7a3d1c95L;
  private static final long TRIPLE = 0x1b873593L;
  private static final long TEXT = 0x38495ab5L;
  private static final long CALLER = 0x165667b1L;
  private static final long CALLEE = 0x27d4eb2fL;

  private GeneHash() {}

  /** Mixes all bits of 64 bits into each other; a bijection (constant of degski's 64-bit mixer). */
  static long mix(long value) {
    long mixed = value;
    mixed ^= mixed >>> 32;
    mixed *= 0xd6e8feb86659fd93L;
    mixed ^= mixed >>> 32;
    mixed *= 0xd6e8feb86659fd93L;
    return mixed ^ (mixed >>> 32);
  }

  private static long gene(long hash) {
    return mix(hash) >>> (Long.SIZE - Genes.BITS);
  }

  /** Of a polynomial over tokens in a row. */
  static long stream(long polynomial) {
    return gene(polynomial + STREAM);
  }

  /** Of the sum of some mixed tokens: their order is left out. */
  static long fragment(long sumOfMixed) {
    return gene(sumOfMixed + FRAGMENT);
  }

  /** Numbers that are the same in 32 bits are the same: compilers choose the width. */
  static long constant(long value) {
    boolean isNarrow = value >= Integer.MIN_VALUE && value <= 0xffffffffL;
    return gene(mix(isNarrow ? value & 0xffffffffL : value) + CONSTANT);
  }

  static long displacement(long value) {
    return gene(mix(value) + DISPLACEMENT);
  }

  static long triple(long first, long second, long third) {
    return gene(mix(mix(mix(first + TRIPLE) + second) + third));
  }

  /** Of a gene that a caller has. */
  static long ofCaller(long gene) {
    return gene(mix(gene) + CALLER);
  }

  /** Of a gene that a called function has. */
  static long ofCallee(long gene) {
    return gene(mix(gene) + CALLEE);
  }

  static long text(byte[] bytes, int from, int to) {
    long hash = EXACT_SEED;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L; // FNV-1a, 64 bits
    }
    return gene(hash + TEXT);
  }
}
