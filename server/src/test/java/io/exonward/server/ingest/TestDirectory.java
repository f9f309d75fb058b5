package io.exonward.server.ingest;

import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Keys;
import io.exonward.server.identity.AgentIdentity;
import io.exonward.server.identity.CertificateAuthority;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Identities from a real certificate authority, remembered in memory. */
final class TestDirectory implements AgentDirectory {
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final char[] NO_PASSWORD = new char[0];

  private final CertificateAuthority authority;
  private final Hosts hosts;
  private final SecureRandom random = new SecureRandom();
  private final Set<X509Certificate> accepted = ConcurrentHashMap.newKeySet();

  /** A key and what was issued for it. */
  record Credential(KeyPair keys, List<X509Certificate> chain) {}

  TestDirectory(Path folder, Hosts hosts, Clock clock) throws IOException {
    this.authority = CertificateAuthority.open(folder, clock, random);
    this.hosts = hosts;
  }

  Credential issue(UUID agent) {
    KeyPair keys = Keys.generate(random);
    return new Credential(keys, renew(agent, CertificateRequest.create(keys), "test"));
  }

  void forget(Credential credential) {
    accepted.remove(credential.chain().getFirst());
  }

  KeyManager serverKeys() throws Exception {
    var credential = authority.issueServer(List.of("localhost", "127.0.0.1"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry(
        "server",
        credential.key(),
        NO_PASSWORD,
        credential.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers()[0];
  }

  @Override
  public Optional<Host> findHost(X509Certificate shown) {
    return AgentIdentity.fromCertificate(shown)
        .filter(_ -> accepted.contains(shown))
        .flatMap(hosts::find)
        .filter(host -> host.state() != HostState.BANNED);
  }

  @Override
  public List<X509Certificate> renew(UUID host, byte[] request, String address) {
    List<X509Certificate> chain = authority.issueAgent(host, request, LIFETIME);
    accepted.add(chain.getFirst());
    return chain;
  }

  @Override
  public List<X509Certificate> authorities() {
    return List.of(authority.root());
  }
}
