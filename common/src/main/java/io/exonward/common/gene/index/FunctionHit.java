package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import org.jspecify.annotations.Nullable;

/**
 * A function of a family that is like the one searched for.
 *
 * @param number of the function in its index
 * @param version of the family; of several that have it, the first that was added
 * @param name null if it was stripped
 * @param similarity 0 to 1
 * @param evidence weight of what both share, in nats
 * @param isExact whether they differ in addresses alone
 */
public record FunctionHit(
    long number,
    Family family,
    String version,
    @Nullable String name,
    double similarity,
    double evidence,
    boolean isExact) {}
