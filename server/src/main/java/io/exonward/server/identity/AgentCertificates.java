package io.exonward.server.identity;

import io.exonward.common.tls.Fingerprint;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Transactions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The certificates of agents. One is accepted if we issued it to that host, the host was not given
 * a new identity since, and it is not banned. Thread-safe.
 */
public final class AgentCertificates {
  private final CertificateAuthority authority;
  private final AgentCertificateStore store;
  private final Hosts hosts;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Duration lifetime;

  /**
   * @param lifetime of each certificate
   */
  public AgentCertificates(
      CertificateAuthority authority,
      AgentCertificateStore store,
      Hosts hosts,
      Transactions transactions,
      AuditLog audit,
      Duration lifetime) {
    this.authority = authority;
    this.store = store;
    this.hosts = hosts;
    this.transactions = transactions;
    this.audit = audit;
    this.lifetime = lifetime;
  }

  /** What agents shall trust. */
  public X509Certificate root() {
    return authority.root();
  }

  /**
   * The host whose agent showed this certificate in its handshake, if it is to be served.
   *
   * @param shown the leaf, whose chain the handshake has verified
   */
  public Optional<Host> findHost(X509Certificate shown) {
    return AgentIdentity.fromCertificate(shown)
        .filter(id -> store.exists(id, Fingerprint.of(shown)))
        .flatMap(hosts::find)
        .filter(host -> host.state() != HostState.BANNED);
  }

  /**
   * A new certificate for an agent that {@link #findHost} accepted. The one it has stays good until
   * it expires, so that a lost answer locks nobody out.
   *
   * @param request PKCS #10 in DER
   * @param address of the agent
   * @return the chain, leaf first, without the root
   * @throws io.exonward.common.tls.CredentialException if the request is malformed
   */
  public List<X509Certificate> renew(UUID host, byte[] request, String address) {
    return transactions.call(() -> {
      List<X509Certificate> chain = issue(host, request);
      audit.record(
          Actor.agent(host.toString(), address),
          "agent.renew",
          "host/" + host,
          describe(chain.getFirst()));
      return chain;
    });
  }

  /**
   * Issues the first certificate of a new identity; those of the old one are refused from now on.
   */
  List<X509Certificate> replace(UUID host, byte[] request) {
    store.deleteOf(host);
    return issue(host, request);
  }

  private List<X509Certificate> issue(UUID host, byte[] request) {
    List<X509Certificate> chain = authority.issueAgent(host, request, lifetime);
    X509Certificate leaf = chain.getFirst();
    store.insert(
        host,
        Fingerprint.of(leaf),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant());
    return chain;
  }

  static Map<String, String> describe(X509Certificate certificate) {
    return Map.of(
        "certificate", Fingerprint.of(certificate).toString(),
        "expires_at", certificate.getNotAfter().toInstant().toString());
  }
}
