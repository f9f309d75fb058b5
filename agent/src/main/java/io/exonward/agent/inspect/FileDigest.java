package io.exonward.agent.inspect;

import io.exonward.common.hash.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Digests of a file's whole content.
 *
 * @param md5 32 lower-case hexadecimal digits, for comparison with package databases only; null if
 *     none knew the file when it was read
 */
record FileDigest(Sha256 sha256, @Nullable String md5) {}
