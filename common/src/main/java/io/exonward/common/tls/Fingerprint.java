package io.exonward.common.tls;

import io.exonward.common.hash.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** Names one certificate: the SHA-256 of its DER form. */
public record Fingerprint(Sha256 sha256) {
  /** Of a certificate. */
  public static Fingerprint of(X509Certificate certificate) {
    try {
      return new Fingerprint(Sha256.digest(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new CredentialException("certificate has no DER form", e);
    }
  }

  /**
   * Reads 64 hexadecimal digits, with or without colons between bytes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Fingerprint parse(String text) {
    return new Fingerprint(Sha256.parse(text.replace(":", "")));
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return sha256.toString();
  }
}
