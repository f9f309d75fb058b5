package io.exonward.common.gene.match;

import org.jspecify.annotations.Nullable;

/**
 * Two functions of two code objects that are the same or related.
 *
 * @param nameA by the symbol table of A; null if stripped
 * @param similarity 0 to 1
 * @param isExact whether they differ in addresses alone
 */
public record FunctionPair(
    long addressA,
    @Nullable String nameA,
    long addressB,
    @Nullable String nameB,
    double similarity,
    boolean isExact) {}
