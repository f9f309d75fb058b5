package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A code object that a group was seen to run while it learned.
 *
 * @param executable where from, the first time; null if not known
 * @param hosts of the group that were seen to run it
 */
public record BaselineEntry(
    Sha256 sha256, @Nullable String executable, int hosts, Instant firstSeen) {}
