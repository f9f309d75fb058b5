package io.exonward.agent.sensor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two sensors change over so that each execution is reported once. The better one's times are the
 * kernel's, and what happened from the agreed moment on is its own. The worse one may say another
 * time than that of the event: what it dates from about that moment on is held until both must have
 * delivered, and of each process as many are then let go as the better one did not see.
 * Thread-safe.
 *
 * <p>What the worse one delivers only after that is not reported.
 */
final class HandOver {
  private static final int MAX_HELD = 16_384;
  // Two readings of the clock for one event, and a moment in between.
  private static final Duration TIMES_DIFFER_BY = Duration.ofMillis(20);

  private final Instant at;

  @GuardedBy("this")
  private final Map<Integer, Integer> seenByBetter = new HashMap<>();

  @GuardedBy("this")
  private final List<KernelEvent.Exec> held = new ArrayList<>();

  HandOver(Instant at) {
    this.at = at;
  }

  Instant at() {
    return at;
  }

  /** Whether an event of the better sensor is to go on. */
  boolean isOfBetter(KernelEvent event) {
    if (event.occurredAt().isBefore(at)) {
      return false;
    }
    if (event instanceof KernelEvent.Exec exec) {
      synchronized (this) {
        seenByBetter.merge(exec.process().pid(), 1, Integer::sum);
      }
    }
    return true;
  }

  /** Whether an event of the worse sensor is to go on at once. */
  boolean isOfWorse(KernelEvent event) {
    if (!(event instanceof KernelEvent.Exec exec)
        || exec.occurredAt().isBefore(at.minus(TIMES_DIFFER_BY))) {
      return true;
    }
    synchronized (this) {
      if (held.size() >= MAX_HELD) {
        return true; // twice is better than never
      }
      held.add(exec);
      return false;
    }
  }

  /**
   * Whether the better sensor has come as far as the worse one has.
   *
   * @param newest when the newest event happened that the better one delivered
   */
  synchronized boolean isCaughtUp(Instant newest) {
    return held.isEmpty() || !newest.isBefore(held.getLast().occurredAt());
  }

  /**
   * Whether an event of the better sensor is to go on after the worse one has ended: it may have
   * been behind.
   */
  boolean isOfBetterAlone(KernelEvent event) {
    return !event.occurredAt().isBefore(at);
  }

  /** Whether an event happened so late that none from before is to come. */
  boolean isLongPast(KernelEvent event) {
    return event.occurredAt().isAfter(at.plus(TIMES_DIFFER_BY));
  }

  /** What was held and only the worse sensor saw, in order. */
  synchronized List<KernelEvent.Exec> unseenByBetter() {
    Map<Integer, Integer> surplus = new HashMap<>();
    held.forEach(exec -> surplus.merge(exec.process().pid(), 1, Integer::sum));
    seenByBetter.forEach((pid, count) -> surplus.merge(pid, -count, Integer::sum));
    List<KernelEvent.Exec> unseen = new ArrayList<>();
    for (KernelEvent.Exec exec : held) {
      if (surplus.merge(exec.process().pid(), -1, Integer::sum) >= 0) {
        unseen.add(exec);
      }
    }
    return unseen;
  }
}
