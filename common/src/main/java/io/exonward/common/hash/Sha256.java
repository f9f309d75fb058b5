package io.exonward.common.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 digest (FIPS 180-4): 32 bytes, held as four big-endian words so that it costs no array.
 * Ordered as its bytes are, unsigned.
 */
public record Sha256(long word0, long word1, long word2, long word3) implements Comparable<Sha256> {
  /** Length in bytes. */
  public static final int BYTES = 32;

  /**
   * From 32 bytes.
   *
   * @throws IllegalArgumentException if {@code bytes} is not 32 bytes long
   */
  public static Sha256 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a sha-256 has 32 bytes, not " + bytes.length);
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Sha256(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /**
   * Reads 64 hexadecimal digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Sha256 parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "a sha-256 has 64 hexadecimal digits, not " + hex.length() + " characters");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** Digest of the given bytes. */
  public static Sha256 digest(byte[] content) {
    return of(newDigest().digest(content));
  }

  /** A new digest of this algorithm. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The 32 bytes, in a new array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(word0)
        .putLong(word1)
        .putLong(word2)
        .putLong(word3)
        .array();
  }

  // Written out: what the compiler generates for records is slow until it is optimized.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Sha256 that
            && word0 == that.word0
            && word1 == that.word1
            && word2 == that.word2
            && word3 == that.word3);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(word0); // every bit of a digest is as good as any other
  }

  @Override
  public int compareTo(Sha256 other) {
    int order = Long.compareUnsigned(word0, other.word0);
    if (order == 0) {
      order = Long.compareUnsigned(word1, other.word1);
    }
    if (order == 0) {
      order = Long.compareUnsigned(word2, other.word2);
    }
    return order != 0 ? order : Long.compareUnsigned(word3, other.word3);
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(toBytes());
  }
}
