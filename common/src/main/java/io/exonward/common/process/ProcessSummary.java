package io.exonward.common.process;

import io.exonward.common.hash.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * One link in a chain of parents.
 *
 * @param executable path, untrusted text; null if not known
 * @param sha256 its content; null if not known
 * @param commandLine arguments joined by blanks, secrets masked, at most 512 bytes; null if not
 *     known
 * @param user null if not known
 */
public record ProcessSummary(
    ProcessId process,
    @Nullable String executable,
    @Nullable Sha256 sha256,
    @Nullable String commandLine,
    @Nullable User user) {}
