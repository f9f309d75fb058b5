package io.exonward.common.gene.match;

import org.jspecify.annotations.Nullable;

/**
 * One function of analyzed code.
 *
 * @param name by its own symbol table; null if stripped
 * @param family that has the most similar function; null if none is similar enough
 * @param matchedName of the family's function; null if unknown
 * @param similarity 0 to 1
 * @param evidence weight of what both share, in nats
 */
public record FunctionMatch(
    long address,
    int sizeBytes,
    @Nullable String name,
    @Nullable String family,
    @Nullable String matchedName,
    double similarity,
    double evidence,
    Label label) {
  /** What a function is, by its best match. */
  public enum Label {
    TRUSTED,
    LIBRARY,
    TOOL,
    MALICIOUS,
    /** Like a function of a family, but not enough to be evidence. */
    RELATED,
    /** So widespread that it says nothing. */
    COMMON,
    /** No family has it. */
    NOVEL,
    /** Too small to say. */
    SMALL
  }
}
