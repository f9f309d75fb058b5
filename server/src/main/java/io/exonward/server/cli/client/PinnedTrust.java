package io.exonward.server.cli.client;

import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Fingerprint;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate that is known by its fingerprint alone: the server must present it in its
 * chain, and the chain must then verify up to it. That certificate is the authority from then on.
 *
 * <p>Thread-safe.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final Fingerprint fingerprint;
  private volatile Optional<String> authority = Optional.empty();

  public PinnedTrust(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** For the HTTP client. */
  public SSLContext context() {
    return Trust.context(this);
  }

  /** PEM text of the pinned certificate; empty until a server has presented it. */
  public Optional<String> authority() {
    return authority;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    X509Certificate pinned = pinnedIn(chain);
    try {
      Trust.managerFor(List.of(pinned)).checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException("cannot verify the chain", e);
    }
    authority = Optional.of(Certificates.encodePem(List.of(pinned)));
  }

  private X509Certificate pinnedIn(X509Certificate[] chain) throws CertificateException {
    for (X509Certificate certificate : chain) {
      if (Fingerprint.of(certificate).equals(fingerprint)) {
        return certificate;
      }
    }
    throw new CertificateException(
        "none of the "
            + chain.length
            + " certificates that the server presents has the fingerprint "
            + fingerprint);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("only for connections of the http client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("only for connections of the http client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("exonctl is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("exonctl is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("exonctl is no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
