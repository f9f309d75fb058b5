package io.exonward.server.api;

import io.exonward.server.identity.Actor;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request and has proved it.
 *
 * @param role that counts for this request
 * @param address of the connection's other end; what headers say of it is never read
 * @param session null for an API token
 * @param expiresAt end of the session or the token
 */
record Caller(
    String operator, Role role, String address, @Nullable Session session, Instant expiresAt) {
  Actor actor() {
    return Actor.operator(operator, address);
  }
}
