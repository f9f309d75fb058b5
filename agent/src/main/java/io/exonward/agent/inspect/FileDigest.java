package io.exonward.agent.inspect;

import io.exonward.common.hash.Sha256;

/**
 * Digests of a file's whole content.
 *
 * @param md5 32 lower-case hexadecimal digits, for comparison with package databases only
 */
record FileDigest(Sha256 sha256, String md5) {}
