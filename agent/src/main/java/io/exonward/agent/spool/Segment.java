package io.exonward.agent.spool;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A segment that can be read.
 *
 * @param endSequence the first sequence that is not in it
 * @param bytes its size on disk
 */
record Segment(
    Path file, SegmentFormat.Name name, long endSequence, Instant createdAt, long bytes) {
  long firstSequence() {
    return name.firstSequence();
  }

  /** How many of its records are above {@code acknowledged}. */
  long waiting(long acknowledged) {
    return Math.max(0, endSequence - Math.max(firstSequence(), acknowledged + 1));
  }

  Segment grown(long newEnd, long newBytes) {
    return new Segment(file, name, newEnd, createdAt, newBytes);
  }
}
