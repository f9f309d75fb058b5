package io.exonward.agent.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue between the host and the server.
 *
 * <p>Records get rising sequences and wait in memory for at most 200 ms, urgent ones not at all;
 * then one thread writes them as a group and syncs, and only then a cursor can see them. Segments
 * go, whole, when the server has acknowledged all of them. When the limit is reached, or the disk
 * is full, the oldest segment goes first; records of low priority are refused before that, from
 * three quarters of the limit on. Whatever goes is counted and handed out by {@link #takeLosses}.
 *
 * <p>Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final int MAX_WAITING_BYTES = 1 << 20;
  private static final int GROUP_BYTES = 256 << 10;
  private static final long GROUP_NANOS = 200_000_000;
  private static final long IDLE_NANOS = 1_000_000_000;

  private final UUID epoch;
  private final SpoolLimits limits;
  private final InstantSource clock;
  private final SpoolLedger ledger;
  private final SpoolWriter writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();

  @GuardedBy("lock")
  private Batch waiting;

  @GuardedBy("lock")
  private long firstWaitingNanos;

  @GuardedBy("lock")
  private boolean isUrgent;

  @GuardedBy("lock")
  private boolean isClosing;

  @GuardedBy("lock")
  private long refused;

  @GuardedBy("lock")
  private @Nullable Instant refusedSince;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  private volatile Runnable durableListener = () -> {};

  private Spool(UUID epoch, SpoolRecovery.Recovered left, Opening opening) {
    this.epoch = epoch;
    this.limits = opening.limits();
    this.clock = opening.clock();
    boolean isContinued = epoch.equals(left.epoch());
    this.ledger =
        new SpoolLedger(
            limits.maxBytes(),
            isContinued ? left.segments() : List.of(),
            left.nextSequence() - 1,
            isContinued ? left.acknowledged() : 0);
    this.waiting = new Batch(left.nextSequence(), clock.instant());
    this.writer = new SpoolWriter(this, ledger, opening);
  }

  /** What a spool is made from. */
  record Opening(
      Path directory, SpoolLimits limits, InstantSource clock, SegmentFile.Factory files) {}

  /**
   * Opens the spool in {@code directory}, which is made if need be, and repairs what an earlier run
   * left.
   *
   * @throws IOException if the directory cannot be read or written
   */
  public static Spool open(Path directory, SpoolLimits limits, InstantSource clock)
      throws IOException {
    return open(new Opening(directory, limits, clock, SegmentFile::create));
  }

  static Spool open(Opening opening) throws IOException {
    Files.createDirectories(opening.directory());
    Instant now = opening.clock().instant();
    Optional<SpoolMarks> marks = SpoolMarks.read(opening.directory());
    SpoolRecovery.Recovered left = SpoolRecovery.read(opening.directory(), marks, now);
    UUID before = left.epoch();
    Spool spool = new Spool(before != null ? before : UUID.randomUUID(), left, opening);
    left.losses().forEach(spool.ledger::report);
    marks.ifPresent(
        m -> spool.ledger.report(new Loss(LossCause.AGENT_DOWN, m.aliveAt(), now, 0, null)));
    spool.writer.start();
    if (before == null) {
      spool.carryOver(left);
    }
    return spool;
  }

  /** The life of this spool; changes only between runs. */
  public UUID epoch() {
    return epoch;
  }

  /**
   * Takes one event and returns its sequence, or 0 if it was refused and counted. Waits while the
   * disk is more than 1 MiB behind.
   *
   * @throws IllegalStateException if the spool is closed or its writer failed
   */
  public long append(Priority priority, byte[] payload) {
    if (payload.length < 1 || payload.length > SegmentFormat.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "an event has 1 to " + SegmentFormat.MAX_PAYLOAD_BYTES + " bytes, not " + payload.length);
    }
    boolean isScarce = priority == Priority.LOW && ledger.bytes() > limits.lowPriorityBytes();
    lock.lock();
    try {
      while (waiting.size() >= MAX_WAITING_BYTES && failure == null && !isClosing) {
        room.awaitUninterruptibly();
      }
      if (failure != null || isClosing) {
        throw new IllegalStateException("the spool is closed", failure);
      }
      if (isScarce) {
        refused++;
        refusedSince = refusedSince == null ? clock.instant() : refusedSince;
        return 0;
      }
      return enqueue(priority, payload);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private long enqueue(Priority priority, byte[] payload) {
    if (waiting.count() == 0) {
      waiting = new Batch(waiting.firstSequence(), clock.instant());
      firstWaitingNanos = System.nanoTime();
      work.signal();
    }
    waiting.add(priority, payload);
    if (priority == Priority.URGENT || waiting.size() >= GROUP_BYTES) {
      isUrgent = true;
      work.signal();
    }
    return waiting.endSequence() - 1;
  }

  /**
   * The server has everything up to {@code sequence}. False if that is more than was ever written:
   * then this spool is an old copy, and its epoch ends with the next start.
   */
  public boolean acknowledge(long sequence) {
    return ledger.acknowledge(sequence);
  }

  /** Reads from {@code sequence}, or from the oldest record above it. */
  public SpoolCursor cursor(long sequence) {
    return new SpoolCursor(ledger, clock, sequence);
  }

  /** How full the spool is. */
  public SpoolUsage usage() {
    return ledger.usage();
  }

  /** Losses since the last call. */
  public List<Loss> takeLosses() {
    lock.lock();
    try {
      if (refusedSince != null) {
        ledger.report(new Loss(LossCause.SPOOL_FULL, refusedSince, clock.instant(), refused, null));
        refused = 0;
        refusedSince = null;
      }
    } finally {
      lock.unlock();
    }
    return ledger.takeLosses();
  }

  /** Calls {@code listener} whenever more is on disk, on the writer's thread: it must not block. */
  public void onDurable(Runnable listener) {
    durableListener = listener;
  }

  /** Writes what waits, syncs and closes; idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosing = true;
      work.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    writer.join();
  }

  /** The next group, empty if there is nothing to write for a second; null at the end. */
  @Nullable Batch awaitBatch() throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + IDLE_NANOS;
      while (!isClosing && !isDue() && System.nanoTime() - end < 0) {
        long until = waiting.count() > 0 ? Math.min(end, firstWaitingNanos + GROUP_NANOS) : end;
        work.awaitNanos(Math.max(1, until - System.nanoTime()));
      }
      if (isClosing && waiting.count() == 0) {
        return null;
      }
      Batch batch = waiting;
      waiting = new Batch(batch.endSequence(), clock.instant());
      isUrgent = false;
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isDue() {
    return waiting.count() > 0
        && (isUrgent || System.nanoTime() - firstWaitingNanos >= GROUP_NANOS);
  }

  void notifyDurable() {
    durableListener.run();
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

  /** Appends what ended epochs left and removes their files once it is on disk again. */
  private void carryOver(SpoolRecovery.Recovered left) throws IOException {
    long last = 0;
    for (Segment segment : left.segments()) {
      Optional<SegmentReader> opened = SegmentReader.open(segment.file(), segment.name());
      if (opened.isPresent()) {
        try (SegmentReader reader = opened.orElseThrow()) {
          SpoolRecord record = reader.next();
          while (record != null && record.sequence() < segment.endSequence()) {
            if (record.sequence() > left.acknowledged()) {
              last = append(Priority.URGENT, record.payload());
            }
            record = reader.next();
          }
        }
      }
    }
    writer.awaitWritten(last);
    for (Segment segment : left.segments()) {
      Files.deleteIfExists(segment.file());
    }
  }
}
