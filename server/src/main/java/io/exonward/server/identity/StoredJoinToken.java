package io.exonward.server.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps of a join token: everything but its secret.
 *
 * @param group that hosts which use it join
 * @param addressRange from where it may be used; null: from anywhere
 * @param replace whether a machine that has an identity may get a new one
 * @param revokedAt null: not revoked
 */
public record StoredJoinToken(
    UUID id,
    String group,
    int usesLeft,
    @Nullable AddressRange addressRange,
    boolean replace,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant revokedAt) {}
