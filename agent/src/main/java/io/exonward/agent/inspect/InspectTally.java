package io.exonward.agent.inspect;

import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the inspector does. Thread-safe. */
final class InspectTally {
  private final LongAdder hits = new LongAdder();
  private final LongAdder hashed = new LongAdder();
  private final LongAdder filesRead = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder filesDropped = new LongAdder();
  private final Map<HashAbsence, LongAdder> absences = new EnumMap<>(HashAbsence.class);

  InspectTally() {
    for (HashAbsence reason : HashAbsence.values()) {
      absences.put(reason, new LongAdder());
    }
  }

  void countHit() {
    hits.increment();
  }

  void countFile(long bytes) {
    filesRead.increment();
    bytesRead.add(bytes);
  }

  void countDropped() {
    filesDropped.increment();
  }

  /** Counts an execution that was not answered from the cache. */
  void countAnswer(ContentHash hash) {
    switch (hash) {
      case ContentHash.Known _ -> hashed.increment();
      case ContentHash.Missing missing -> {
        LongAdder counter = absences.get(missing.reason());
        if (counter != null) {
          counter.increment();
        }
      }
    }
  }

  InspectCounters snapshot(ReadWorkers workers, HashCache cache, PendingTable pending) {
    Map<HashAbsence, Long> byReason = new EnumMap<>(HashAbsence.class);
    absences.forEach((reason, counter) -> {
      if (counter.sum() > 0) {
        byReason.put(reason, counter.sum());
      }
    });
    return new InspectCounters(
        hits.sum(),
        hashed.sum(),
        byReason,
        filesRead.sum(),
        bytesRead.sum(),
        filesDropped.sum(),
        workers.abandoned(),
        workers.hanging(),
        cache.size(),
        pending.size());
  }
}
