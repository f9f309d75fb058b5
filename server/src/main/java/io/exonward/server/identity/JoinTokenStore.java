package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Keeps join tokens by the hash of their secret. Takes part in the surrounding transaction. */
public interface JoinTokenStore {
  void insert(StoredJoinToken token, Sha256 secretHash);

  /** The token with this secret, locked until the transaction ends: it is used by one at a time. */
  Optional<StoredJoinToken> lock(Sha256 secretHash);

  /** Takes one use from a locked token. */
  void use(UUID id);

  /** Newest first. */
  Page<StoredJoinToken> list(PageRequest page);

  /** Whether there was such a token that was not revoked. */
  boolean revoke(UUID id, Instant at);
}
