package io.exonward.server.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one of our ports shows.
 *
 * @param chain leaf first, root last
 */
public record ServerCredential(PrivateKey key, List<X509Certificate> chain) {
  public ServerCredential {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one certificate");
    }
  }

  /** When to issue the next one: half of its life is over. */
  public Instant renewAt() {
    Instant start = chain.getFirst().getNotBefore().toInstant();
    Instant end = chain.getFirst().getNotAfter().toInstant();
    return start.plus(Duration.between(start, end).dividedBy(2));
  }

  /** Names no key. */
  @Override
  public String toString() {
    return "server credential " + chain.getFirst().getSerialNumber().toString(16);
  }
}
