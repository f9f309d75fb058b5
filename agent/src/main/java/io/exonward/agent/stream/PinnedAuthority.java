package io.exonward.agent.stream;

import io.exonward.common.tls.Fingerprint;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one authority whose fingerprint stands in the join token. The server shows that
 * authority's certificate at the end of its chain; everything else (signatures, dates, host name)
 * is then checked as usual, with it as the only root. Stateless.
 */
final class PinnedAuthority extends X509ExtendedTrustManager {
  private final Fingerprint wanted;

  PinnedAuthority(Fingerprint wanted) {
    this.wanted = wanted;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate(chain).checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("a server is not checked without its connection");
  }

  private X509ExtendedTrustManager delegate(X509Certificate[] chain) throws CertificateException {
    X509Certificate authority =
        Arrays.stream(chain)
            .filter(c -> Fingerprint.of(c).equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                new CertificateException(
                    "the server does not have the authority of the join token, " + wanted));
    try {
      KeyStore roots = KeyStore.getInstance("PKCS12");
      roots.load(null, null);
      roots.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(roots);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new CertificateException("this Java platform has no PKIX trust manager");
    } catch (IOException | GeneralSecurityException e) {
      throw new CertificateException("authority not usable: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("an agent has no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("an agent has no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("an agent has no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
