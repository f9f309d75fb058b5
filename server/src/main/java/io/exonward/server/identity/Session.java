package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import java.time.Instant;

/**
 * A signed-in operator.
 *
 * @param idHash SHA-256 of the id that the cookie carries
 * @param csrfToken what every changing request must repeat; derived from the id
 * @param expiresAt when it ends at the latest, if it is used no more before the idle limit
 */
public record Session(
    Sha256 idHash, String operator, Role role, String csrfToken, Instant expiresAt) {}
