package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that wait to be read: urgent ones first, then small ones, then large ones, each in the
 * order in which they came. Bounded; what finds it full is refused. Thread-safe.
 */
final class ReadQueue {
  private static final long SMALL_BYTES = 8L << 20;

  private final int limit;

  @GuardedBy("this")
  private final Deque<ReadTask> small = new ArrayDeque<>();

  @GuardedBy("this")
  private final Deque<ReadTask> large = new ArrayDeque<>();

  ReadQueue(int limit) {
    this.limit = limit;
  }

  /** Takes one more, if there is room. */
  synchronized boolean offer(ReadTask task, long sizeBytes, boolean isUrgent) {
    if (small.size() + large.size() >= limit) {
      return false;
    }
    Deque<ReadTask> queue = sizeBytes <= SMALL_BYTES ? small : large;
    if (isUrgent) {
      queue.addFirst(task);
    } else {
      queue.addLast(task);
    }
    notifyAll();
    return true;
  }

  /**
   * Waits for a file.
   *
   * @param isSmallOnly never to be kept by a large one
   */
  synchronized ReadTask take(boolean isSmallOnly) throws InterruptedException {
    ReadTask next = poll(isSmallOnly);
    while (next == null) {
      wait();
      next = poll(isSmallOnly);
    }
    return next;
  }

  @GuardedBy("this")
  private @Nullable ReadTask poll(boolean isSmallOnly) {
    ReadTask next = small.poll();
    return next == null && !isSmallOnly ? large.poll() : next;
  }

  synchronized boolean isEmpty() {
    return small.isEmpty() && large.isEmpty();
  }

  /** Takes out all. */
  synchronized List<ReadTask> drain() {
    List<ReadTask> all = new ArrayList<>(small);
    all.addAll(large);
    small.clear();
    large.clear();
    return all;
  }
}
