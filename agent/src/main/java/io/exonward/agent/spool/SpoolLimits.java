package io.exonward.agent.spool;

/**
 * How large the spool may become.
 *
 * @param maxBytes on disk, at least 1 MiB
 * @param segmentBytes a segment is closed once it is larger
 */
public record SpoolLimits(long maxBytes, long segmentBytes) {
  private static final long MIN_BYTES = 1 << 20;

  public SpoolLimits {
    if (maxBytes < MIN_BYTES || segmentBytes < 4096 || segmentBytes > maxBytes / 4) {
      throw new IllegalArgumentException(
          "a spool of " + maxBytes + " bytes cannot have segments of " + segmentBytes);
    }
  }

  /** A spool of at most {@code maxBytes} in sixteen segments or more. */
  public static SpoolLimits ofBytes(long maxBytes) {
    return new SpoolLimits(maxBytes, Math.clamp(maxBytes / 16, 64 << 10, 4 << 20));
  }

  /** From here on records of low priority are refused. */
  long lowPriorityBytes() {
    return maxBytes / 4 * 3;
  }
}
