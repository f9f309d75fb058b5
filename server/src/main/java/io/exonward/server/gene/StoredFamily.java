package io.exonward.server.gene;

import io.exonward.common.gene.Family;
import java.time.Instant;

/**
 * A family that the server knows.
 *
 * @param versions different ones among its samples
 * @param createdBy an operator, or {@link Families#FLEET}
 */
public record StoredFamily(
    Family family, int samples, int versions, Instant createdAt, String createdBy) {}
