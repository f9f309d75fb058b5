package io.exonward.agent.spool;

import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is on disk, in order. Not thread-safe; several may read one spool. */
public final class SpoolCursor implements AutoCloseable {
  private final SpoolLedger ledger;
  private final InstantSource clock;
  private @Nullable SegmentReader reader;
  private @Nullable SpoolRecord held;
  private SegmentFormat.@Nullable Name current;
  private long next;

  SpoolCursor(SpoolLedger ledger, InstantSource clock, long next) {
    this.ledger = ledger;
    this.clock = clock;
    this.next = Math.max(1, next);
  }

  /**
   * The next records, none if there are none yet: as many as are there, but at most {@code
   * maxRecords} whose payloads together have at most {@code maxBytes}.
   */
  public List<SpoolRecord> read(int maxRecords, int maxBytes) throws IOException {
    List<SpoolRecord> records = new ArrayList<>();
    int bytes = 0;
    while (records.size() < maxRecords) {
      SpoolRecord record = held != null ? held : advance();
      held = record;
      if (record == null || bytes + record.payload().length > maxBytes) {
        break;
      }
      held = null;
      bytes += record.payload().length;
      records.add(record);
    }
    return records;
  }

  private @Nullable SpoolRecord advance() throws IOException {
    while (next <= ledger.durable()) {
      Optional<Segment> found = ledger.findSegment(next);
      if (found.isEmpty()) {
        next = ledger.durable() + 1; // what lay here was dropped, and counted then
        return null;
      }
      Segment segment = found.orElseThrow();
      next = Math.max(next, segment.firstSequence());
      try {
        SpoolRecord record = read(segment);
        if (record != null) {
          next = record.sequence() + 1;
          return record;
        }
        ledger.report(
            new Loss(
                LossCause.SPOOL_DAMAGED,
                segment.createdAt(),
                clock.instant(),
                segment.endSequence() - next,
                null));
        next = segment.endSequence();
      } catch (NoSuchFileException _) {
        current = null; // evicted since we asked: ask again
      }
    }
    return null;
  }

  private @Nullable SpoolRecord read(Segment segment) throws IOException {
    if (!segment.name().equals(current)) {
      close();
      reader = SegmentReader.open(segment.file(), segment.name()).orElse(null);
      current = segment.name();
    }
    SegmentReader in = reader;
    if (in == null) {
      return null;
    }
    while (in.nextSequence() < next) {
      if (in.next() == null) {
        return null;
      }
    }
    return in.next();
  }

  @Override
  public void close() throws IOException {
    current = null;
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
