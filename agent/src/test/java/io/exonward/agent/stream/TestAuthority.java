package io.exonward.agent.stream;

import io.exonward.common.tls.Keys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the test's own. */
final class TestAuthority {
  private final KeyPair keys = Keys.generate(new SecureRandom());
  private final X500Name name = new X500Name("CN=test authority");
  private final AtomicLong serial = new AtomicLong();
  private final X509Certificate root;

  TestAuthority() {
    Instant now = Instant.now();
    root = issue(keys.getPublic(), name, now.minusSeconds(60), now.plusSeconds(36_000), true);
  }

  X509Certificate root() {
    return root;
  }

  X509Certificate issue(PublicKey key, Instant from, Instant to) {
    return issue(key, new X500Name("CN=leaf"), from, to, false);
  }

  private X509Certificate issue(
      PublicKey key, X500Name subject, Instant from, Instant to, boolean isAuthority) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(serial.incrementAndGet()),
              Date.from(from),
              Date.from(to),
              subject,
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                  new GeneralName(GeneralName.dNSName, "localhost")
                }));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
