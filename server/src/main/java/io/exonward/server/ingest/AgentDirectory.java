package io.exonward.server.ingest;

import io.exonward.server.inventory.Host;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who may come in. Thread-safe. */
public interface AgentDirectory {
  /**
   * The host whose agent showed this certificate in its handshake, if it is to be served: known,
   * not banned, and this certificate was not replaced.
   */
  Optional<Host> findHost(X509Certificate shown);

  /**
   * A new certificate for an agent that {@link #findHost} accepted.
   *
   * @param request PKCS #10 in DER
   * @param address of the agent
   * @return leaf first, without the root
   */
  List<X509Certificate> renew(UUID host, byte[] request, String address);

  /** Roots that agents shall trust. */
  List<X509Certificate> authorities();
}
