package io.exonward.agent.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to the disk. They wait for company for as long as their priority allows:
 * what is urgent goes at once, but not more often than every 50 ms, because each group costs the
 * writer, the stream and the server a wake-up and two of them a sync. A group of 256 KiB goes, too.
 * At most 1 MiB waits; beyond that whoever appends waits. Thread-safe.
 */
final class WriteQueue {
  private static final int MAX_BYTES = 1 << 20;
  private static final int GROUP_BYTES = 256 << 10;
  private static final long PACE_NANOS = 50_000_000;
  private static final long IDLE_NANOS = 5_000_000_000L;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();

  @GuardedBy("lock")
  private Batch waiting;

  /** When the batch goes, if it is not empty. */
  @GuardedBy("lock")
  private long dueNanos;

  @GuardedBy("lock")
  private long takenNanos = System.nanoTime() - PACE_NANOS;

  @GuardedBy("lock")
  private boolean isClosing;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  WriteQueue(long firstSequence, InstantSource clock) {
    this.clock = clock;
    this.waiting = new Batch(firstSequence, clock.instant());
  }

  /**
   * Takes one record and returns its sequence.
   *
   * @throws IllegalStateException if the queue is closed or its writer failed
   */
  long append(Priority priority, byte[] payload) {
    lock.lock();
    try {
      while (waiting.size() >= MAX_BYTES && failure == null && !isClosing) {
        room.awaitUninterruptibly();
      }
      if (failure != null || isClosing) {
        throw new IllegalStateException("the spool is closed", failure);
      }
      boolean isFirst = waiting.count() == 0;
      if (isFirst) {
        waiting = new Batch(waiting.firstSequence(), clock.instant());
      }
      waiting.add(priority, payload);
      long due = due(priority);
      if (isFirst || due - dueNanos < 0) {
        dueNanos = due;
        work.signal();
      }
      return waiting.endSequence() - 1;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private long due(Priority priority) {
    long now = System.nanoTime();
    if (waiting.size() >= GROUP_BYTES) {
      return now;
    }
    return Math.max(priority.waitNanos(), PACE_NANOS - (now - takenNanos)) + now;
  }

  /** The next batch, empty if there is nothing to write for five seconds; null at the end. */
  @Nullable Batch await() throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + IDLE_NANOS;
      long left = IDLE_NANOS;
      while (!isClosing && left > 0) {
        long next = waiting.count() > 0 && dueNanos - end < 0 ? dueNanos : end;
        left = next - System.nanoTime();
        if (left > 0) {
          left = Math.max(1, work.awaitNanos(left));
        }
      }
      if (isClosing && waiting.count() == 0) {
        return null;
      }
      Batch batch = waiting;
      batch.take(clock.instant());
      waiting = new Batch(batch.endSequence(), batch.takenAt());
      takenNanos = System.nanoTime();
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** The writer cannot go on. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      failure = cause;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken; what waits still goes. */
  void close() {
    lock.lock();
    try {
      isClosing = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
