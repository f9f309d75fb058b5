package io.exonward.common.event;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.policy.PackageRef;
import org.jspecify.annotations.Nullable;

/**
 * What was executed.
 *
 * @param file identity of the file; null if no sensor could tell
 * @param owner the package whose recorded digest the content has, a claim; null if none
 */
public record Code(
    CodeOrigin origin, ContentHash hash, @Nullable FileIdentity file, @Nullable PackageRef owner) {}
