package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.Optional;

/** Where sessions are kept, by the hash of their id. */
public interface SessionStore {
  /** A session whose operator exists and is enabled. */
  record Stored(String operator, Role role, Instant createdAt, Instant usedAt) {}

  void insert(Sha256 idHash, String operator, Instant at);

  Optional<Stored> find(Sha256 idHash);

  void touch(Sha256 idHash, Instant at);

  /** Whether there was one. */
  boolean delete(Sha256 idHash);

  void deleteOf(String operator);

  void deleteOthers(String operator, Sha256 kept);

  /** Deletes what was created or last used before these instants. */
  void deleteExpired(Instant createdBefore, Instant usedBefore);
}
