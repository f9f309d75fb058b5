package io.exonward.agent.inspect;

import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one piece of code.
 *
 * @param md5 32 lower-case hexadecimal digits, for comparison with package databases only; null if
 *     the content was not read, or no package names the path
 * @param path resolved path of the file; null if not known
 * @param file identity of the file that was read, or that the sensor named; null if not known
 */
public record Inspection(
    ContentHash hash, @Nullable String md5, @Nullable String path, @Nullable FileIdentity file) {}
