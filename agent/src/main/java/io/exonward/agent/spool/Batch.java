package io.exonward.agent.spool;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Records that wait for the disk together, as they will stand there. Not thread-safe. */
final class Batch {
  private static final int FIRST_BYTES = 4096;

  private final long firstSequence;
  private final Instant since;
  private byte[] bytes = {};
  private int size;
  private int count;
  private Instant takenAt;

  Batch(long firstSequence, Instant since) {
    this.firstSequence = firstSequence;
    this.since = since;
    this.takenAt = since;
  }

  void add(Priority priority, byte[] payload) {
    int end = size + SegmentFormat.RECORD_HEADER_BYTES + payload.length;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.max(FIRST_BYTES, 2 * bytes.length), end));
    }
    SegmentFormat.putRecord(
        ByteBuffer.wrap(bytes, size, end - size), firstSequence + count, priority, payload);
    size = end;
    count++;
  }

  /** Nothing is added any more. */
  void take(Instant now) {
    takenAt = now;
  }

  /** Everything that was appended before is in this batch or an earlier one. */
  Instant takenAt() {
    return takenAt;
  }

  long firstSequence() {
    return firstSequence;
  }

  long endSequence() {
    return firstSequence + count;
  }

  int count() {
    return count;
  }

  int size() {
    return size;
  }

  /** When its first record came. */
  Instant since() {
    return since;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
