package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps readers away from filesystems that hang them. One that hangs a reader is not read until the
 * reader comes back. When as many hang as the limit allows, somebody makes such filesystems: then
 * only those are read that never did and gave us a whole file before. Thread-safe.
 */
final class Quarantine {
  private static final int PROVEN_LIMIT = 64;

  private final int limit;

  @GuardedBy("this")
  private final Map<Long, Integer> hanging = new HashMap<>();

  @GuardedBy("this")
  private final Set<Long> proven = new HashSet<>();

  @GuardedBy("this")
  private int readers;

  /**
   * @param limit readers that may hang before only proven filesystems are read
   */
  Quarantine(int limit) {
    this.limit = limit;
  }

  /** Whether its files may be read now. */
  synchronized boolean isOpen(long device) {
    return !hanging.containsKey(device) && (readers < limit || proven.contains(device));
  }

  /** A reader hangs in it. */
  synchronized void hang(long device) {
    hanging.merge(device, 1, Integer::sum);
    proven.remove(device);
    readers++;
  }

  /** A reader that hung in it came back. */
  synchronized void comeBack(long device) {
    hanging.computeIfPresent(device, (_, count) -> count == 1 ? null : count - 1);
    readers--;
  }

  /** A whole file of it was read; the first few are remembered while all is well. */
  synchronized void prove(long device) {
    if (readers == 0 && proven.size() < PROVEN_LIMIT) {
      proven.add(device);
    }
  }

  /** Readers that hang now. */
  synchronized int readers() {
    return readers;
  }
}
