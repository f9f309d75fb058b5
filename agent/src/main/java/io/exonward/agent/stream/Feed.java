package io.exonward.agent.stream;

import com.google.protobuf.InvalidProtocolBufferException;
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
import io.exonward.v1.AgentMessage;
import io.exonward.v1.Event;
import io.exonward.v1.EventBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches from the spool to one session, a bounded number of them without acknowledgement.
 * Owned by the stream's thread.
 */
final class Feed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final int MAX_UNACKNOWLEDGED = 4;

  /** Room for sequences and framing beside the payloads. */
  private static final int BATCH_PAYLOAD_BYTES = Limits.BATCH_BYTES - (64 << 10);

  private final Session session;
  private final SpoolCursor cursor;
  private final Counters counters;
  private final InstantSource clock;
  private final Deque<Sent> unacknowledged = new ArrayDeque<>();
  private boolean isPaused;
  private boolean isFirstRefused;

  private record Sent(long lastSequence, int count, Instant at) {}

  /**
   * @param isFirstRefused the server does not take the first event: a loss goes in its place
   */
  Feed(Session session, StreamParts parts, long from, boolean isFirstRefused) {
    this.session = session;
    this.isFirstRefused = isFirstRefused;
    this.cursor = parts.spool().cursor(from);
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
        EventBatch batch = batch(records);
        session.send(AgentMessage.newBuilder().setEvents(batch).build());
        unacknowledged.add(new Sent(records.getLast().sequence(), records.size(), clock.instant()));
        counters.add(Counter.SENT, records.size());
        counters.add(Counter.BATCHES, 1);
      }
    } catch (IOException e) {
      log.atError().addKeyValue("error", e).log("spool not read");
      session.cancel("spool not readable");
    }
  }

  private EventBatch batch(List<SpoolRecord> records) {
    EventBatch.Builder batch = EventBatch.newBuilder();
    for (SpoolRecord record : records) {
      batch.addEvents(isFirstRefused ? loss(record.sequence(), "refused") : event(record));
      isFirstRefused = false;
    }
    return batch.build();
  }

  /** Checked as the server will: one that it refuses would hold up all behind it, for ever. */
  private Event event(SpoolRecord record) {
    try {
      Event event = Event.parseFrom(EventCodec.withSequence(record.payload(), record.sequence()));
      var _ = EventCodec.decode(event);
      return event;
    } catch (InvalidProtocolBufferException | WireException | IllegalArgumentException e) {
      // Its checksum was right, so it was written so: by a fault of ours.
      return loss(record.sequence(), String.valueOf(e.getMessage()));
    }
  }

  private Event loss(long sequence, String why) {
    log.atError()
        .addKeyValue("sequence", sequence)
        .addKeyValue("reason", why)
        .log("an event cannot be sent and is given up");
    counters.add(Counter.EVENTS_DISCARDED, 1);
    Instant now = clock.instant();
    byte[] encoded =
        EventCodec.encode(
            new ObservedEvent(now, now, new Loss(LossCause.SPOOL_DAMAGED, now, now, 1, null)));
    try {
      return Event.parseFrom(EventCodec.withSequence(encoded, sequence));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was just encoded is readable", e);
    }
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
