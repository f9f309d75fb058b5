package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one host says of the genes of code.
 *
 * @param digest of the exchange form of the genes
 * @param owner package that the content belongs to, as the host says; null if none
 */
public record GeneClaim(
    Sha256 sha256, UUID host, int definition, Sha256 digest, @Nullable PackageRef owner) {}
