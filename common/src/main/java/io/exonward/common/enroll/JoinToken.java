package io.exonward.common.enroll;

import io.exonward.common.hash.Sha256;
import io.exonward.common.tls.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The one-time secret by which an agent obtains its identity, with the fingerprint of the authority
 * that it shall trust.
 *
 * <p>Text form: {@code exj1.} and base64url (RFC 4648, 5) without padding of 32 bytes of secret, 32
 * bytes of fingerprint, and fields of one length byte and that many bytes, which are reserved (for
 * the fingerprints of operators' signing keys) and kept. Anybody who knows the text can enroll:
 * only {@link #text} gives it, no message and no {@link #toString} does.
 */
public final class JoinToken {
  /** Length of the secret. */
  public static final int SECRET_BYTES = 32;

  private static final String PREFIX = "exj1.";
  private static final int MAX_TEXT = 1024;
  private static final int FIXED_BYTES = SECRET_BYTES + Sha256.BYTES;

  private final byte[] encoded;

  private JoinToken(byte[] encoded) {
    this.encoded = encoded;
  }

  /** A new token with a random secret. */
  public static JoinToken create(SecureRandom random, Fingerprint authority) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new JoinToken(
        ByteBuffer.allocate(FIXED_BYTES).put(secret).put(authority.sha256().toBytes()).array());
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  public static JoinToken parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a join token: it starts with " + PREFIX);
    }
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a join token has at most " + MAX_TEXT + " characters");
    }
    JoinToken token = new JoinToken(decode(text.substring(PREFIX.length())));
    // Rules out padding and stray last bits: one token has one text.
    if (!token.text().equals(text)) {
      throw new IllegalArgumentException("not a join token: not canonical base64url");
    }
    return token;
  }

  private static byte[] decode(String base64) {
    byte[] encoded;
    try {
      encoded = Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      // Its message could repeat a part of the secret.
      throw new IllegalArgumentException("not a join token: not base64url after " + PREFIX);
    }
    if (encoded.length < FIXED_BYTES) {
      throw new IllegalArgumentException(
          "join token is cut short: %d of %d bytes".formatted(encoded.length, FIXED_BYTES));
    }
    int at = FIXED_BYTES;
    while (at < encoded.length) {
      at += 1 + Byte.toUnsignedInt(encoded[at]);
    }
    if (at != encoded.length) {
      throw new IllegalArgumentException("join token is cut short in its last field");
    }
    return encoded;
  }

  /**
   * Reads a token from a file or standard input: all of it, with at most one newline at the end.
   *
   * @throws IllegalArgumentException if it is not a token
   */
  public static JoinToken read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_TEXT + 3);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    return parse(text);
  }

  /** What the server is told, in a new array. */
  public byte[] secret() {
    return Arrays.copyOf(encoded, SECRET_BYTES);
  }

  /** What the server keeps instead of the secret. */
  public Sha256 secretHash() {
    return Sha256.digest(secret());
  }

  /** The root certificate to trust. */
  public Fingerprint authority() {
    return new Fingerprint(Sha256.of(Arrays.copyOfRange(encoded, SECRET_BYTES, FIXED_BYTES)));
  }

  /** The whole token, secret included. */
  public String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(encoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JoinToken that && MessageDigest.isEqual(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** Names the authority only. */
  @Override
  public String toString() {
    return "join token for authority " + authority();
  }
}
