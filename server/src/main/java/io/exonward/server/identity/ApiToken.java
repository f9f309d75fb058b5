package io.exonward.server.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a program signs in with, on behalf of an operator; without the secret.
 *
 * @param role at most; the owner's present role is a limit, too
 * @param lastUsedAt null: never used
 */
public record ApiToken(
    UUID id,
    String owner,
    String label,
    Role role,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {
  /** What the text of every API token starts with. */
  public static final String PREFIX = "exa1.";
}
