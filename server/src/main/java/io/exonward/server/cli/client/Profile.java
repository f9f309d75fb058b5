package io.exonward.server.cli.client;

import org.jspecify.annotations.Nullable;

/**
 * A sign-in that lasts: what {@code exonctl login} stores.
 *
 * @param authority certificates to trust, PEM; null for those of the Java runtime
 * @param token API token, secret
 * @param tokenId id of the token, by which it can be revoked
 */
public record Profile(ServerUrl server, @Nullable String authority, String token, String tokenId) {
  /** Without the secret: exceptions and logs may carry it. */
  @Override
  public String toString() {
    return "Profile[" + server + ", token " + tokenId + "]";
  }
}
