package io.exonward.common.policy;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;

/**
 * What is known of a piece of code when it is judged.
 *
 * @param sha256 its content
 * @param owner the package whose recorded digest it has
 * @param path where it was executed from
 */
public record CodeFacts(
    CodeOrigin origin, Fact<Sha256> sha256, Fact<PackageRef> owner, Fact<String> path) {}
