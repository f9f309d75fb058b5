package io.exonward.server.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Requests for analysis that one stream has carried and whose answers are due: nothing else is
 * taken from it. The oldest goes when it is full; fewer are open at a time. Thread-safe.
 */
final class AskedRequests {
  private static final int CAPACITY = 8;

  @GuardedBy("this")
  private final SequencedSet<Long> ids = new LinkedHashSet<>();

  synchronized void add(long id) {
    if (ids.size() >= CAPACITY) {
      ids.removeFirst();
    }
    ids.add(id);
  }

  synchronized boolean contains(long id) {
    return ids.contains(id);
  }

  synchronized void remove(long id) {
    ids.remove(id);
  }
}
