package io.exonward.agent.stream;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who this agent is to the server.
 *
 * @param agentId as the server named it, in text form
 * @param chain leaf first, without the root
 * @param authorities roots that the server's certificate must lead to
 */
public record Identity(
    String agentId,
    PrivateKey key,
    List<X509Certificate> chain,
    List<X509Certificate> authorities) {
  public Identity {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
    if (chain.isEmpty() || authorities.isEmpty()) {
      throw new IllegalArgumentException("an identity has a certificate and an authority");
    }
  }

  /** End of the certificate. */
  public Instant expiresAt() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** When a new certificate is due: at half of this one's life. */
  Instant renewAt() {
    Instant from = chain.getFirst().getNotBefore().toInstant();
    return from.plus(Duration.between(from, expiresAt()).dividedBy(2));
  }

  /** Names the agent only, never the key. */
  @Override
  public String toString() {
    return "identity of agent " + agentId;
  }
}
