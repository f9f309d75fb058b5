package io.exonward.agent.linux;

/** Digests that a {@link FileHasher} computes. */
public enum DigestAlgorithm {
  SHA_256("SHA-256", 32),
  /** For comparison with package databases only. */
  MD5("MD5", 16);

  private final String javaName;
  private final int bytes;

  DigestAlgorithm(String javaName, int bytes) {
    this.javaName = javaName;
    this.bytes = bytes;
  }

  /** What the Java platform calls it. */
  String javaName() {
    return javaName;
  }

  /** Length of a digest. */
  int bytes() {
    return bytes;
  }
}
