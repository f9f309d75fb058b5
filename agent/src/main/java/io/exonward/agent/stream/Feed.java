package io.exonward.agent.stream;

import io.exonward.agent.health.Counters;
import io.exonward.agent.health.Counters.Counter;
import io.exonward.agent.spool.SpoolCursor;
import io.exonward.agent.spool.SpoolRecord;
import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.Limits;
import io.exonward.common.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the spool to one session, a bounded number of them without acknowledgement.
 * Owned by the stream's thread.
 */
final class Feed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final int MAX_UNACKNOWLEDGED = 4;
  private static final long NONE = -1;

  /** A group of the spool fits; each batch exists twice in a heap that has only a few MiB. */
  private static final int BATCH_PAYLOAD_BYTES = 320 << 10;

  private final Session session;
  private final SpoolCursor cursor;
  private final Counters counters;
  private final InstantSource clock;
  private final Deque<Sent> unacknowledged = new ArrayDeque<>();
  private final Refusals refusals;
  private final long refused;
  private boolean isPaused;

  private record Sent(long lastSequence, int count, Instant at) {}

  /**
   * @param stored the server has everything up to here
   */
  Feed(Session session, StreamParts parts, long stored, Refusals refusals) {
    this.session = session;
    this.refusals = refusals;
    this.refused = refusals.isRefusedAfter(stored) ? stored + 1 : NONE;
    this.cursor = parts.spool().cursor(stored + 1);
    this.counters = parts.counters();
    this.clock = parts.clock();
  }

  /** Sends what there is and what there is room for. */
  void pump() {
    try {
      while (!isPaused && unacknowledged.size() < MAX_UNACKNOWLEDGED && session.isWritable()) {
        List<SpoolRecord> records = cursor.read(Limits.BATCH_EVENTS, BATCH_PAYLOAD_BYTES);
        if (records.isEmpty()) {
          return;
        }
        // gRPC knows the length of this kind of stream, and copies it once.
        session.send(new ByteArrayInputStream(EncodedEvent.message(events(records))));
        unacknowledged.add(new Sent(records.getLast().sequence(), records.size(), clock.instant()));
        counters.add(Counter.SENT, records.size());
        counters.add(Counter.BATCHES, 1);
      }
    } catch (IOException e) {
      log.atError().addKeyValue("error", e).log("spool not read");
      session.cancel("spool not readable");
    }
  }

  private List<EncodedEvent> events(List<SpoolRecord> records) {
    List<EncodedEvent> events = new ArrayList<>(records.size());
    for (SpoolRecord record : records) {
      EncodedEvent event = new EncodedEvent(record.sequence(), record.payload());
      String fault = fault(event);
      events.add(fault == null ? event : loss(event.sequence(), fault));
    }
    return events;
  }

  private @Nullable String fault(EncodedEvent event) {
    if (event.sequence() == refused) {
      return "refused";
    }
    if (!refusals.isSuspect(event.sequence())) {
      return null;
    }
    try {
      var _ = EventCodec.decode(EventCodec.withSequence(event.payload(), event.sequence()));
      return null;
    } catch (WireException | IllegalArgumentException e) {
      // Its checksum was right, so it was written so: by a fault of ours.
      return String.valueOf(e.getMessage());
    }
  }

  private EncodedEvent loss(long sequence, String why) {
    log.atError()
        .addKeyValue("sequence", sequence)
        .addKeyValue("reason", why)
        .log("an event cannot be sent and is given up");
    counters.add(Counter.EVENTS_DISCARDED, 1);
    Instant now = clock.instant();
    return new EncodedEvent(
        sequence,
        EventCodec.encode(
            new ObservedEvent(now, now, new Loss(LossCause.SPOOL_DAMAGED, now, now, 1, null))));
  }

  /** The server has everything up to {@code sequence}. */
  void acknowledged(long sequence) {
    while (!unacknowledged.isEmpty() && unacknowledged.peek().lastSequence <= sequence) {
      counters.add(Counter.ACKNOWLEDGED, unacknowledged.remove().count);
    }
  }

  /** Sends nothing more until {@link #resume}. */
  void pause() {
    isPaused = true;
  }

  void resume() {
    isPaused = false;
    pump();
  }

  /** The last event that was sent and not acknowledged; empty if there is none. */
  OptionalLong lastUnacknowledged() {
    return unacknowledged.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(unacknowledged.getLast().lastSequence);
  }

  /** Whether the server has acknowledged all that was sent. */
  boolean isSettled() {
    return unacknowledged.isEmpty();
  }

  /** Whether a batch has waited for its acknowledgement for longer than that. */
  boolean isStuck(Duration limit) {
    Sent oldest = unacknowledged.peek();
    return oldest != null && oldest.at.plus(limit).isBefore(clock.instant());
  }

  @Override
  public void close() {
    try {
      cursor.close();
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("spool segment not closed");
    }
  }
}
