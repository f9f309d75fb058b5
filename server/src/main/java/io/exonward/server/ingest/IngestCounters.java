package io.exonward.server.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What ingest has done since the server started, for its metrics. Thread-safe. */
public final class IngestCounters {
  private final LongAdder events = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final AtomicInteger streams = new AtomicInteger();

  void countEvents(long stored, long seenBefore) {
    events.add(stored);
    duplicates.add(seenBefore);
  }

  void countRefusal() {
    refusals.increment();
  }

  void addStreams(int change) {
    streams.addAndGet(change);
  }

  /** Events that were stored. */
  public long events() {
    return events.sum();
  }

  /** Events that came again and were left out. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Calls that ended with an error. */
  public long refusals() {
    return refusals.sum();
  }

  /** Agents' streams that are open now. */
  public int streams() {
    return streams.get();
  }
}
