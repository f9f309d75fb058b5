package io.exonward.common.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reading and writing certificates. Whether one is to be trusted is not decided here. */
public final class Certificates {
  /** Largest certificate that is read, and most of them in one file or message. */
  public static final int MAX_BYTES = 8 * 1024;

  public static final int MAX_CHAIN = 4;

  private static final String LABEL = "CERTIFICATE";
  private static final int MAX_FILE_BYTES = 64 * 1024;

  private Certificates() {}

  /**
   * From DER.
   *
   * @throws CredentialException if it is not exactly one X.509 certificate of at most 8 KiB
   */
  public static X509Certificate decode(byte[] der) {
    if (der.length > MAX_BYTES) {
      throw new CredentialException(
          "certificate of " + der.length + " bytes, at most " + MAX_BYTES, null);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    try {
      // Only DER starts with a sequence; the factory would take PEM as well.
      if (der.length > 0
          && der[0] == 0x30
          && CertificateFactory.getInstance("X.509").generateCertificate(in)
              instanceof X509Certificate certificate
          && in.available() == 0) {
        return certificate;
      }
    } catch (CertificateException e) {
      throw new CredentialException("malformed certificate: " + e.getMessage(), e);
    }
    throw new CredentialException("not one X.509 certificate in DER", null);
  }

  /** From DER, in the order given; at most {@link #MAX_CHAIN}. */
  public static List<X509Certificate> decodeAll(Iterable<byte[]> ders) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : ders) {
      if (certificates.size() == MAX_CHAIN) {
        throw new CredentialException("more than " + MAX_CHAIN + " certificates", null);
      }
      certificates.add(decode(der));
    }
    return List.copyOf(certificates);
  }

  /** As DER. */
  public static byte[] encode(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new CredentialException("certificate has no DER form", e);
    }
  }

  /** As PEM text. */
  public static String encodePem(List<X509Certificate> certificates) {
    return Pem.encode(LABEL, certificates.stream().map(Certificates::encode).toList());
  }

  /** From PEM text: one to four certificates. */
  public static List<X509Certificate> decodePem(String pem) {
    return decodeAll(Pem.decode(LABEL, pem, MAX_CHAIN));
  }

  /**
   * Reads a PEM file with one to four certificates.
   *
   * @throws CredentialException if it holds anything else
   */
  public static List<X509Certificate> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
      if (content.length > MAX_FILE_BYTES) {
        throw new CredentialException(file + ": longer than " + MAX_FILE_BYTES + " bytes", null);
      }
      return decodePem(new String(content, StandardCharsets.US_ASCII));
    }
  }

  /** Writes a PEM file with mode 0600, atomically. */
  public static void write(Path file, List<X509Certificate> certificates) throws IOException {
    SecretFile.write(file, encodePem(certificates).getBytes(StandardCharsets.US_ASCII));
  }
}
