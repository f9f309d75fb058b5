package io.exonward.common.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Private keys for TLS: P-256, in PKCS #8. Ed25519 does not work with every TLS library here. */
public final class Keys {
  private static final String LABEL = "PRIVATE KEY";
  private static final int MAX_FILE_BYTES = 16 * 1024;

  private Keys() {}

  /** A new P-256 key pair. */
  public static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform here has P-256", e);
    }
  }

  /** Writes a PEM file with mode 0600, atomically. */
  public static void write(Path file, PrivateKey key) throws IOException {
    SecretFile.write(file, encode(key).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read or is open to others
   * @throws CredentialException if it is not an EC private key
   */
  public static PrivateKey read(Path file) throws IOException {
    return decode(new String(SecretFile.read(file, MAX_FILE_BYTES), StandardCharsets.US_ASCII));
  }

  /** As PEM text. */
  public static String encode(PrivateKey key) {
    return Pem.encode(LABEL, List.of(key.getEncoded()));
  }

  /**
   * From PEM text.
   *
   * @throws CredentialException if it is not one EC private key
   */
  public static PrivateKey decode(String pem) {
    byte[] content = Pem.decode(LABEL, pem, 1).getFirst();
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content));
      if (key instanceof ECPrivateKey) {
        return key;
      }
      throw new CredentialException("not an EC private key: " + key.getAlgorithm(), null);
    } catch (GeneralSecurityException e) {
      throw new CredentialException("not an EC private key in PKCS #8", e);
    }
  }
}
