package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Where API tokens are kept, by the hash of their secret. */
public interface ApiTokenStore {
  void insert(ApiToken token, Sha256 secretHash);

  /** The token that is not revoked and whose owner is enabled, with at most the owner's role. */
  Optional<ApiToken> find(Sha256 secretHash);

  void touch(UUID id, Instant at);

  /** Of one owner, those not revoked, newest first. */
  Page<ApiToken> list(String owner, PageRequest page);

  /** Whether that owner had such a token that was not revoked. */
  boolean revoke(String owner, UUID id, Instant at);
}
