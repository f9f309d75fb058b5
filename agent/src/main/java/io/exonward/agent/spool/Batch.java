package io.exonward.agent.spool;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Records that wait for the disk together. Not thread-safe. */
final class Batch {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long firstSequence;
  private final Instant since;
  private int count;

  Batch(long firstSequence, Instant since) {
    this.firstSequence = firstSequence;
    this.since = since;
  }

  void add(Priority priority, byte[] payload) {
    bytes.writeBytes(SegmentFormat.record(firstSequence + count, priority, payload));
    count++;
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
    return bytes.size();
  }

  /** When its first record came. */
  Instant since() {
    return since;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
