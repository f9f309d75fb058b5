package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a host is asked for.
 *
 * @param id chosen by the store; an answer names it
 * @param owner package that the content belongs to, as this host said; null if none
 */
public record AnalysisRequest(
    long id, Sha256 sha256, UUID host, Instant expiresAt, @Nullable PackageRef owner) {}
