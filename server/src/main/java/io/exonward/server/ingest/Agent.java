package io.exonward.server.ingest;

import io.exonward.server.inventory.Host;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.UUID;

/**
 * Who is at the other end of a call, by the certificate of its handshake.
 *
 * @param host as it was when the call began
 * @param address for the audit log
 */
record Agent(Host host, X509Certificate certificate, String address) {
  UUID id() {
    return host.id();
  }

  Instant expiresAt() {
    return certificate.getNotAfter().toInstant();
  }
}
