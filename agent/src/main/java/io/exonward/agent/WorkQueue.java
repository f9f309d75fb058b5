package io.exonward.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the pipeline's thread. Events beyond the limit, of number or of text, are dropped,
 * the newest first, and counted; finished work of our own is never dropped, it is bounded by
 * whoever does it. Thread-safe.
 */
final class WorkQueue implements KernelEventSink {
  /** Paths and arguments can have 14 KiB: events that all do would take more than the heap. */
  private static final int TEXT_PER_EVENT = 256;

  private final int maxEvents;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  @GuardedBy("lock")
  private final ArrayDeque<KernelEvent> events = new ArrayDeque<>();

  @GuardedBy("lock")
  private final ArrayDeque<Runnable> finished = new ArrayDeque<>();

  @GuardedBy("lock")
  private long text;

  @GuardedBy("lock")
  private long dropped;

  @GuardedBy("lock")
  private @Nullable Instant droppedSince;

  WorkQueue(int maxEvents, InstantSource clock) {
    this.maxEvents = maxEvents;
    this.clock = clock;
  }

  /** What is to be done now: our own first, so that what has begun ends. */
  record Work(List<Runnable> finished, List<KernelEvent> events) {}

  /** Events that found no room. */
  record Overflow(long count, Instant since) {}

  @Override
  public void accept(KernelEvent event) {
    lock.lock();
    try {
      add(event);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void acceptAll(List<? extends KernelEvent> all) {
    lock.lock();
    try {
      for (KernelEvent event : all) {
        add(event);
      }
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Half full: the other half is for those who cannot wait. */
  @Override
  public boolean isFilling() {
    lock.lock();
    try {
      return events.size() > maxEvents / 2 || text > (long) TEXT_PER_EVENT * maxEvents / 2;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void add(KernelEvent event) {
    int length = textLength(event);
    if (events.size() >= maxEvents || text + length > (long) TEXT_PER_EVENT * maxEvents) {
      dropped++;
      droppedSince = droppedSince == null ? clock.instant() : droppedSince;
      return;
    }
    events.add(event);
    text += length;
  }

  private static int textLength(KernelEvent event) {
    return event instanceof KernelEvent.Exec exec ? exec.textLength() : 0;
  }

  void finish(Runnable work) {
    lock.lock();
    try {
      finished.add(work);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work, at most {@code millis}. */
  Work take(int maxAtOnce, long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (events.isEmpty() && finished.isEmpty() && nanos > 0) {
        nanos = filled.awaitNanos(nanos);
      }
      List<Runnable> ours = List.copyOf(finished);
      finished.clear();
      List<KernelEvent> some = new ArrayList<>(Math.min(maxAtOnce, events.size()));
      while (some.size() < maxAtOnce && !events.isEmpty()) {
        KernelEvent event = events.remove();
        text -= textLength(event);
        some.add(event);
      }
      return new Work(ours, some);
    } finally {
      lock.unlock();
    }
  }

  /** What was dropped since the last call. */
  Optional<Overflow> takeOverflow() {
    lock.lock();
    try {
      if (droppedSince == null) {
        return Optional.empty();
      }
      Overflow overflow = new Overflow(dropped, droppedSince);
      dropped = 0;
      droppedSince = null;
      return Optional.of(overflow);
    } finally {
      lock.unlock();
    }
  }
}
