package io.exonward.server.cli;

import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Fingerprint;
import io.exonward.common.tls.Keys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority with one server certificate for localhost. */
final class TestAuthority {
  private final X509Certificate root;
  private final X509Certificate leaf;
  private final KeyPair leafKey;

  private TestAuthority(X509Certificate root, X509Certificate leaf, KeyPair leafKey) {
    this.root = root;
    this.leaf = leaf;
    this.leafKey = leafKey;
  }

  /** A new one, whose server certificate is for this name. */
  static TestAuthority forServer(String name) {
    SecureRandom random = new SecureRandom();
    KeyPair rootKey = Keys.generate(random);
    KeyPair leafKey = Keys.generate(random);
    X509Certificate root = issue("CN=authority", rootKey, rootKey, null);
    return new TestAuthority(root, issue("CN=server", rootKey, leafKey, name), leafKey);
  }

  String pem() {
    return Certificates.encodePem(List.of(root));
  }

  Fingerprint fingerprint() {
    return Fingerprint.of(root);
  }

  SSLContext serverContext() {
    try {
      char[] password = "test".toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", leafKey.getPrivate(), password, new X509Certificate[] {leaf, root});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signed by the root; for an authority where the name is null. */
  private static X509Certificate issue(
      String subject, KeyPair rootKey, KeyPair key, @Nullable String name) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal("CN=authority"),
              BigInteger.valueOf(name == null ? 1 : 2),
              Date.from(now.minus(1, ChronoUnit.HOURS)),
              Date.from(now.plus(1, ChronoUnit.HOURS)),
              new X500Principal(subject),
              key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name == null));
      if (name != null) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, name));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate())));
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
