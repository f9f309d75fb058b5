package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import org.jspecify.annotations.Nullable;

/**
 * Code that a host reported and can be asked about.
 *
 * @param owner package that the content belongs to, as the host says; null if none
 */
public record Sighting(Sha256 sha256, @Nullable PackageRef owner) {}
