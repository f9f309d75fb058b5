package io.exonward.agent.inspect;

import java.time.Duration;

/**
 * How much work new code may cause.
 *
 * @param deadline how long an execution waits for its bytes to turn up
 * @param readLimit how long reading one file may take before its reader is given up
 * @param fileBytes larger files are not read
 * @param pending executions that may wait at the same time
 * @param queued files that may wait for a reader
 * @param workers reading threads
 * @param abandoned readers that may hang in the kernel at the same time before only filesystems are
 *     read that have given us files before
 * @param cacheEntries hashes kept
 */
public record InspectLimits(
    Duration deadline,
    Duration readLimit,
    long fileBytes,
    int pending,
    int queued,
    int workers,
    int abandoned,
    int cacheEntries) {
  public InspectLimits {
    if (pending < 1 || queued < 1 || workers < 1 || abandoned < 0 || cacheEntries < 1) {
      throw new IllegalArgumentException("limits must be above 0");
    }
  }

  /** What suits a host. */
  public static InspectLimits defaults() {
    return new InspectLimits(
        Duration.ofMillis(500), Duration.ofSeconds(10), 512L << 20, 4096, 1024, 2, 8, 16_384);
  }
}
