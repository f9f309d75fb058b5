package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps gene sets and claims. Every method takes part in the surrounding transaction. */
public interface GeneSetStore {
  Optional<StoredGeneSet> find(Sha256 sha256);

  /** The same, held off from other transactions until the end of this one. */
  Optional<StoredGeneSet> lock(Sha256 sha256);

  /** The exchange form. */
  Optional<byte[]> readBytes(Sha256 sha256);

  /** Adds or replaces; what it is related to is found anew. */
  void put(StoredGeneSet set, byte[] bytes, Instant now);

  /** Adds what a host says, or replaces what it said before. */
  void putClaim(GeneClaim claim, Instant now);

  /** By hosts that are not banned. */
  List<GeneClaim> listClaims(Sha256 sha256);
}
