package io.exonward.server.cli.client;

import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.CredentialException;
import io.exonward.common.tls.Fingerprint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of servers are believed. Names are always checked as well, by the HTTP client.
 */
public final class Trust {
  private static final String ALGORITHM = "sha256:";

  private Trust() {}

  /** Certificates below those in the PEM text; null for the Java runtime's own. */
  public static SSLContext authority(@Nullable String pem) {
    try {
      return pem == null
          ? SSLContext.getDefault()
          : context(managerFor(Certificates.decodePem(pem)));
    } catch (CredentialException e) {
      throw new Failure(ExitCode.USAGE, "the authority cannot be used: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS and PKIX", e);
    }
  }

  /** As the given manager decides. */
  static SSLContext context(TrustManager manager) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /** PKIX with these anchors. */
  static X509ExtendedTrustManager managerFor(List<X509Certificate> anchors)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry("anchor-" + store.size(), anchor);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("PKIX has an X.509 manager");
  }

  /** Reads a fingerprint: 64 hexadecimal digits, with or without colons and "sha256:". */
  public static Fingerprint parseFingerprint(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT);
    try {
      return Fingerprint.parse(
          digits.startsWith(ALGORITHM) ? digits.substring(ALGORITHM.length()) : digits);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "not a sha-256 fingerprint: " + text, e);
    }
  }
}
