package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;

/**
 * One version of a family.
 *
 * @param version empty if unknown
 */
public record FamilyVersion(Family family, String version) {}
