package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * 256 random bits that a person or program shows to prove who it is. The server keeps only their
 * SHA-256: with that much entropy a fast hash cannot be searched, and looking a secret up by its
 * hash leaks nothing useful through timing.
 */
final class Secret {
  /** Length in bytes. */
  static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  static Secret random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /** Unpadded base64url, 43 characters. // RFC 4648 section 5 */
  String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  byte[] toBytes() {
    return bytes.clone();
  }

  Sha256 hash() {
    return Sha256.digest(bytes);
  }

  /** Hash of the secret that {@code text} spells; of nonsense it is the hash of that nonsense. */
  static Sha256 hashOfText(String text) {
    try {
      return Sha256.digest(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Sha256.digest(new byte[0]);
    }
  }

  @Override
  public String toString() {
    return "Secret[...]";
  }
}
