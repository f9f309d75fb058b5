package io.exonward.server.gene;

import io.exonward.common.gene.Sample;
import java.time.Instant;

/**
 * A sample of a family.
 *
 * @param hosts that executed or loaded it
 * @param addedBy an operator, or {@link Families#FLEET}
 */
public record StoredSample(Sample sample, int hosts, Instant addedAt, String addedBy) {}
