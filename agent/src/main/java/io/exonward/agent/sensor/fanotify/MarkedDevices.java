package io.exonward.agent.sensor.fanotify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which superblocks are marked, by the kernel's number of their device. Those that are mounted in
 * our own namespace are known for sure. Of others we do not see the end, and their numbers are soon
 * given away: they are forgotten after a second, and to mark again costs little. Thread-safe.
 */
final class MarkedDevices {
  private static final int MINOR_BITS = 20; // linux include/linux/kdev_t.h
  private static final int FOREIGN_LIMIT = 1024;
  private static final Duration FOREIGN_LIFE = Duration.ofSeconds(1);

  private final Clock clock;
  private final List<MarkListener> listeners;

  @GuardedBy("this")
  private Set<Integer> own = Set.of();

  @GuardedBy("this")
  private final Map<Foreign, Instant> foreign = new LinkedHashMap<>();

  private record Foreign(int device, int mountNamespace) {}

  MarkedDevices(Clock clock, List<MarkListener> listeners) {
    this.clock = clock;
    this.listeners = listeners;
  }

  static int number(int major, int minor) {
    return major << MINOR_BITS | minor;
  }

  /** All those of our own mount namespace. */
  void setOwn(Set<Integer> devices) {
    Set<Integer> gone;
    synchronized (this) {
      gone = new HashSet<>(own);
      own = Set.copyOf(devices);
    }
    gone.removeAll(devices);
    for (MarkListener listener : listeners) {
      gone.forEach(listener::forgotten);
      devices.forEach(listener::marked);
    }
  }

  /**
   * One that some other namespace uses; the one marked first goes when there are too many.
   *
   * @param mountNamespace its inode; 0 where not known
   */
  void addForeign(int device, int mountNamespace) {
    Set<Integer> gone = new HashSet<>();
    Foreign key = new Foreign(device, mountNamespace);
    synchronized (this) {
      Instant now = clock.instant();
      foreign.remove(key); // so that it becomes the newest
      Iterator<Map.Entry<Foreign, Instant>> oldest = foreign.entrySet().iterator();
      while (oldest.hasNext()) {
        Map.Entry<Foreign, Instant> entry = oldest.next();
        if (foreign.size() < FOREIGN_LIMIT && isFresh(entry.getValue(), now)) {
          break;
        }
        gone.add(entry.getKey().device());
        oldest.remove();
      }
      foreign.put(key, now);
      gone.removeAll(own);
      foreign.keySet().forEach(kept -> gone.remove(kept.device()));
    }
    for (MarkListener listener : listeners) {
      gone.forEach(listener::forgotten);
      listener.marked(device);
    }
  }

  private static boolean isFresh(Instant marked, Instant now) {
    return marked.plus(FOREIGN_LIFE).isAfter(now);
  }

  /** Whether a mark on it is certain for who sees it in this namespace. */
  synchronized boolean isMarked(int device, int mountNamespace) {
    if (own.contains(device)) {
      return true;
    }
    Instant marked = foreign.get(new Foreign(device, mountNamespace));
    return marked != null && isFresh(marked, clock.instant());
  }

  /** The group is gone and all its marks with it. */
  void clear() {
    Set<Integer> gone;
    synchronized (this) {
      gone = new HashSet<>(own);
      foreign.keySet().forEach(key -> gone.add(key.device()));
      own = Set.of();
      foreign.clear();
    }
    listeners.forEach(listener -> gone.forEach(listener::forgotten));
  }

  /** Whether it is mounted in our own namespace, and marked. */
  synchronized boolean isOwn(int device) {
    return own.contains(device);
  }

  /** How many are mounted in our own namespace. */
  synchronized int ownCount() {
    return own.size();
  }
}
