package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.CredentialException;
import io.exonward.common.tls.Fingerprint;
import io.exonward.common.tls.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final UUID AGENT = UUID.fromString("0190c7f2-3f6a-7b1c-9d2e-0123456789ab");
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"; // RFC 5280, 4.2.1.12
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  @TempDir Path folder;

  private CertificateAuthority open(Instant now) throws IOException {
    return CertificateAuthority.open(folder, Clock.fixed(now, ZoneOffset.UTC), RANDOM);
  }

  @Test
  void open_firstTime_createsARootForTenYears() throws Exception {
    CertificateAuthority authority = open(NOW);

    X509Certificate root = authority.root();
    assertEquals(0, root.getBasicConstraints());
    root.verify(root.getPublicKey());
    assertEquals(NOW.plus(Duration.ofDays(3652)), root.getNotAfter().toInstant());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ca-key.pem"))));
  }

  @Test
  void open_again_isTheSameRoot() throws IOException {
    Fingerprint first = open(NOW).fingerprint();

    assertEquals(first, open(NOW.plusSeconds(60)).fingerprint());
  }

  @Test
  void open_keyWithoutRoot_startsOver() throws IOException {
    Fingerprint first = open(NOW).fingerprint();
    Files.delete(folder.resolve("ca.pem"));

    CertificateAuthority authority = open(NOW);

    assertNotEquals(first, authority.fingerprint());
    assertEquals(authority.fingerprint(), open(NOW).fingerprint());
  }

  @Test
  void open_rootWithoutItsKey_isRefused() throws IOException {
    open(NOW);
    Keys.write(folder.resolve("ca-key.pem"), Keys.generate(RANDOM).getPrivate());

    IllegalStateException refused = assertThrows(IllegalStateException.class, () -> open(NOW));
    assertTrue(String.valueOf(refused.getMessage()).contains("restore both from one backup"));
    Files.delete(folder.resolve("ca-key.pem"));
    assertThrows(IOException.class, () -> open(NOW));
  }

  @Test
  void open_afterTenYears_saysSo() throws IOException {
    open(NOW);

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> open(NOW.plus(Duration.ofDays(3653))));

    assertTrue(String.valueOf(refused.getMessage()).contains("has expired"));
  }

  @Test
  void issueAgent_request_namesTheAgentForADay() throws Exception {
    CertificateAuthority authority = open(NOW);
    KeyPair keys = Keys.generate(RANDOM);

    X509Certificate leaf = agent(authority, keys);

    assertEquals(Optional.of(AGENT), AgentIdentity.fromCertificate(leaf));
    assertEquals(keys.getPublic(), leaf.getPublicKey());
    assertEquals(List.of(CLIENT_AUTH), leaf.getExtendedKeyUsage());
    assertEquals(-1, leaf.getBasicConstraints());
    assertEquals(NOW.minus(Duration.ofMinutes(5)), leaf.getNotBefore().toInstant());
    assertEquals(NOW.plus(Duration.ofHours(24)), leaf.getNotAfter().toInstant());
    assertEquals("CN=" + AGENT, leaf.getSubjectX500Principal().getName());
    validate(authority, leaf);
  }

  @Test
  void issueAgent_twice_serialsDiffer() throws IOException {
    CertificateAuthority authority = open(NOW);
    KeyPair keys = Keys.generate(RANDOM);

    assertNotEquals(
        agent(authority, keys).getSerialNumber(), agent(authority, keys).getSerialNumber());
  }

  @Test
  void issueAgent_keyNotHeld_isRefused() throws IOException {
    CertificateAuthority authority = open(NOW);
    KeyPair mixed =
        new KeyPair(Keys.generate(RANDOM).getPublic(), Keys.generate(RANDOM).getPrivate());

    assertThrows(CredentialException.class, () -> agent(authority, mixed));
  }

  @Test
  void issueAgent_rootEndsSooner_endsWithTheRoot() throws IOException {
    open(NOW);
    CertificateAuthority late = open(NOW.plus(Duration.ofDays(3652)).minusSeconds(60));

    X509Certificate leaf = agent(late, Keys.generate(RANDOM));

    assertEquals(late.root().getNotAfter(), leaf.getNotAfter());
  }

  @Test
  void issueServer_namesAndAddresses_areInTheCertificate() throws Exception {
    CertificateAuthority authority = open(NOW);

    ServerCredential credential = authority.issueServer(List.of("localhost", "127.0.0.1", "::1"));

    X509Certificate leaf = credential.chain().getFirst();
    assertEquals(authority.root(), credential.chain().getLast());
    assertEquals(
        Set.of(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1")),
        Set.copyOf(leaf.getSubjectAlternativeNames()));
    assertEquals(List.of(SERVER_AUTH), leaf.getExtendedKeyUsage());
    assertEquals(NOW.plus(Duration.ofDays(30)), leaf.getNotAfter().toInstant());
    assertEquals(Optional.empty(), AgentIdentity.fromCertificate(leaf));
    validate(authority, leaf);
  }

  @Test
  void renewAt_serverCredential_isHalfItsLife() throws IOException {
    ServerCredential credential = open(NOW).issueServer(List.of("localhost"));

    Duration untilRenewal = Duration.between(NOW, credential.renewAt());

    assertEquals(Duration.ofDays(15).minus(Duration.ofSeconds(150)), untilRenewal);
  }

  @Test
  void issueServer_badNames_areRefused() throws IOException {
    CertificateAuthority authority = open(NOW);

    for (String name : List.of("", "a b", "-x", "*.example.org", "x".repeat(254))) {
      assertThrows(
          IllegalArgumentException.class, () -> authority.issueServer(List.of(name)), name);
    }
    assertThrows(IllegalArgumentException.class, () -> authority.issueServer(List.of()));
  }

  @Test
  void write_agentChain_fitsIntoTheProtocol() throws IOException {
    X509Certificate leaf = agent(open(NOW), Keys.generate(RANDOM));

    assertEquals(leaf, Certificates.decode(Certificates.encode(leaf)));
  }

  private static X509Certificate agent(CertificateAuthority authority, KeyPair keys) {
    return authority
        .issueAgent(AGENT, CertificateRequest.create(keys), CertificateAuthority.AGENT_LIFETIME)
        .getFirst();
  }

  private static void validate(CertificateAuthority authority, X509Certificate leaf)
      throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
  }
}
