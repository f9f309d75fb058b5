package io.exonward.server.gene;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;

/** A sample together with its family. */
public record FamilySample(Family family, Sample sample) {}
