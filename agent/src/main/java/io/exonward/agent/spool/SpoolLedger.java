package io.exonward.agent.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What is on disk, what the server has, and what was lost. Thread-safe. */
final class SpoolLedger {
  private final long maxBytes;

  @GuardedBy("this")
  private final List<Segment> segments;

  @GuardedBy("this")
  private final List<Loss> losses = new ArrayList<>();

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private long durable;

  @GuardedBy("this")
  private long acknowledged;

  SpoolLedger(long maxBytes, List<Segment> segments, long durable, long acknowledged) {
    this.maxBytes = maxBytes;
    this.segments = new ArrayList<>(segments);
    this.bytes = segments.stream().mapToLong(Segment::bytes).sum();
    this.durable = durable;
    this.acknowledged = acknowledged;
  }

  synchronized long durable() {
    return durable;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean acknowledge(long sequence) {
    acknowledged = Math.max(acknowledged, sequence);
    return sequence <= durable;
  }

  synchronized SpoolUsage usage() {
    long events = 0;
    long oldest = 0;
    for (Segment segment : segments) {
      long count = segment.waiting(acknowledged);
      if (count > 0 && events == 0) {
        oldest = Math.max(segment.firstSequence(), acknowledged + 1);
      }
      events += count;
    }
    return new SpoolUsage(events, bytes, maxBytes, oldest, acknowledged, durable);
  }

  synchronized void report(Loss loss) {
    losses.add(loss);
  }

  synchronized List<Loss> takeLosses() {
    List<Loss> taken = List.copyOf(losses);
    losses.clear();
    return taken;
  }

  /** The segment with {@code sequence}, or the first one above it. */
  synchronized Optional<Segment> findSegment(long sequence) {
    return segments.stream().filter(s -> s.endSequence() > sequence).findFirst();
  }

  /** Records are on disk in {@code segment}, which is new or has grown. */
  synchronized void wrote(Segment segment) {
    if (!segments.isEmpty() && segments.getLast().name().equals(segment.name())) {
      bytes -= segments.removeLast().bytes();
    }
    segments.add(segment);
    bytes += segment.bytes();
    durable = segment.endSequence() - 1;
  }

  /** Records up to {@code sequence} could not be written. */
  synchronized void dropped(Batch batch, Instant now) {
    durable = batch.endSequence() - 1;
    losses.add(new Loss(LossCause.SPOOL_FULL, batch.since(), now, batch.count(), null));
  }

  /**
   * Takes out the oldest segment but never the newest, which carries the sequence; what the server
   * does not have of it is lost.
   */
  synchronized Optional<Segment> evictOldest() {
    if (segments.size() < 2) {
      return Optional.empty();
    }
    Segment oldest = segments.removeFirst();
    bytes -= oldest.bytes();
    long count = oldest.waiting(acknowledged);
    if (count > 0) {
      Instant until = segments.getFirst().createdAt();
      losses.add(new Loss(LossCause.SPOOL_FULL, oldest.createdAt(), until, count, null));
    }
    return Optional.of(oldest);
  }

  /** Takes out all segments that the server has whole, but never the newest. */
  synchronized List<Segment> takeAcknowledged() {
    List<Segment> taken = new ArrayList<>();
    Iterator<Segment> each = segments.iterator();
    while (each.hasNext()) {
      Segment segment = each.next();
      if (each.hasNext() && segment.waiting(acknowledged) == 0) {
        each.remove();
        bytes -= segment.bytes();
        taken.add(segment);
      }
    }
    return taken;
  }
}
