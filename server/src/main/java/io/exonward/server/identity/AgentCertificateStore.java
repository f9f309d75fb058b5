package io.exonward.server.identity;

import io.exonward.common.tls.Fingerprint;
import java.time.Instant;
import java.util.UUID;

/** Keeps which certificates agents may show. Takes part in the surrounding transaction. */
public interface AgentCertificateStore {
  /** Adds one, and forgets the host's expired ones. */
  void insert(UUID host, Fingerprint certificate, Instant issuedAt, Instant expiresAt);

  /** Refuses all that the host has. */
  void deleteOf(UUID host);

  boolean exists(UUID host, Fingerprint certificate);
}
