package io.exonward.common.gene.index;

import io.exonward.common.gene.FunctionGenes;
import org.jspecify.annotations.Nullable;

/** A function of a family as it is written to a segment. Owns its arrays. */
final class StoredFunction {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd
  private static final int MAX_NAME_CHARS = 200;

  /** Of the unnamed, and of names that are equal in one family, the same function. */
  final long identity;

  final long exact;
  final int sizeBytes;
  final int instructions;
  final @Nullable String name;

  /** By the place of the feature in {@link Feature#WEIGHED}. */
  final long[][] keys;

  /** Ascending numbers of those that have it. */
  int[] origins;

  StoredFunction(
      long identity,
      long exact,
      int sizeBytes,
      int instructions,
      @Nullable String name,
      long[][] keys,
      int[] origins) {
    this.identity = identity;
    this.exact = exact;
    this.sizeBytes = sizeBytes;
    this.instructions = instructions;
    this.name = name;
    this.keys = keys;
    this.origins = origins;
  }

  /** Of one that a sample of a family has. */
  static StoredFunction of(FunctionGenes genes, int family, int origin) {
    long[][] keys = new long[Feature.WEIGHED.length][];
    for (Feature feature : Feature.WEIGHED) {
      keys[feature.place] = feature.keys(genes);
    }
    String name = genes.name();
    if (name != null && name.length() > MAX_NAME_CHARS) {
      name = name.substring(0, MAX_NAME_CHARS);
    }
    return new StoredFunction(
        name == null ? genes.exact() : identity(name, family),
        genes.exact(),
        genes.sizeBytes(),
        genes.instructions(),
        name,
        keys,
        new int[] {origin});
  }

  private static long identity(String name, int family) {
    long hash = family;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
