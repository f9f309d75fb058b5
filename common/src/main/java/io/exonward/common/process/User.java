package io.exonward.common.process;

import org.jspecify.annotations.Nullable;

/**
 * @param uid real user id in the initial user namespace, unsigned
 * @param gid real group id, unsigned
 * @param name by the host's user database; null if it has none
 */
public record User(int uid, int gid, @Nullable String name) {}
