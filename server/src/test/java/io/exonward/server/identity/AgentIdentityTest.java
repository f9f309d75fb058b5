package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.common.tls.Keys;
import io.exonward.server.identity.CertificateBuilder.Validity;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentIdentityTest {
  private static final String UUID_TEXT = "0190c7f2-3f6a-7b1c-9d2e-0123456789ab";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyPair KEYS = Keys.generate(RANDOM);

  @Test
  void fromCertificate_exactForm_isTheAgent() {
    assertEquals(
        Optional.of(UUID.fromString(UUID_TEXT)),
        AgentIdentity.fromCertificate(certificate(uri("exonward://agent/" + UUID_TEXT))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exonward://agent/",
        "exonward://agent/1-1-1-1-1",
        "exonward://agent/0190C7F2-3F6A-7B1C-9D2E-0123456789AB",
        "exonward://agent/0190c7f2-3f6a-7b1c-9d2e-0123456789ab/",
        "exonward://agent/0190c7f2-3f6a-7b1c-9d2e-0123456789ab?x",
        "exonward://agents/0190c7f2-3f6a-7b1c-9d2e-0123456789ab",
        "https://agent/0190c7f2-3f6a-7b1c-9d2e-0123456789ab",
        "x:y"
      })
  void fromCertificate_otherUri_isEmpty(String uri) {
    assertEquals(Optional.empty(), AgentIdentity.fromCertificate(certificate(uri(uri))));
  }

  @Test
  void fromCertificate_secondName_isEmpty() {
    GeneralName uri = uri("exonward://agent/" + UUID_TEXT);

    assertEquals(Optional.empty(), AgentIdentity.fromCertificate(certificate(uri, uri)));
  }

  @Test
  void fromCertificate_rightTextOfAnotherKind_isEmpty() {
    GeneralName dns = new GeneralName(GeneralName.dNSName, "exonward://agent/" + UUID_TEXT);

    assertEquals(Optional.empty(), AgentIdentity.fromCertificate(certificate(dns)));
  }

  @Test
  void fromCertificate_noName_isEmpty() {
    X509Certificate root = builder().signRoot(KEYS.getPrivate());

    assertEquals(Optional.empty(), AgentIdentity.fromCertificate(root));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static X509Certificate certificate(GeneralName... names) {
    X509Certificate root = builder().signRoot(KEYS.getPrivate());
    return builder()
        .signLeaf(KEYS.getPrivate(), root, KeyPurposeId.id_kp_clientAuth, List.of(names));
  }

  private static CertificateBuilder builder() {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    Validity validity = new Validity(now, now.plusSeconds(60));
    return new CertificateBuilder(RANDOM, validity, new X500Name("CN=test"), KEYS.getPublic());
  }
}
