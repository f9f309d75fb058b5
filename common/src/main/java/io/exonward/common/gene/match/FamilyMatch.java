package io.exonward.common.gene.match;

import io.exonward.common.gene.Family;

/**
 * A family that code is related to.
 *
 * @param version of the family that is nearest; empty if its samples name none
 * @param share of the code, its constants and strings that the family explains, 0 to 1; what says
 *     nothing counts neither way, so small code has a small share
 * @param shareCodeOnly the same without strings, which are easy to change
 * @param functions number of functions of the code that are of this family
 * @param evidence weight of what those functions share with the family, in nats
 */
public record FamilyMatch(
    Family family,
    String version,
    double share,
    double shareCodeOnly,
    int functions,
    double evidence) {}
