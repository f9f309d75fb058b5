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
import org.jspecify.annotations.Nullable;

/**
 * The queue between the host and the server.
 *
 * <p>Records get rising sequences and wait in memory for as long as their {@link Priority} allows;
 * then one thread writes them as a group and syncs, and only then a cursor can see them. Segments
 * go, whole, within seconds after the server has acknowledged all of them. When the limit is
 * reached, or the disk is full, the oldest segment goes first; records of low priority are refused
 * before that, from three quarters of the limit on. Whatever goes is counted and handed out by
 * {@link #takeLosses}.
 *
 * <p>A killed agent loses what waited in memory; so does a machine that loses power, and nothing
 * else: what a cursor has seen was synced.
 *
 * <p>Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private final UUID epoch;
  private final SpoolLimits limits;
  private final InstantSource clock;
  private final SpoolLedger ledger;
  private final WriteQueue queue;
  private final SpoolWriter writer;

  @GuardedBy("this")
  private long refused;

  @GuardedBy("this")
  private @Nullable Instant refusedSince;

  private Spool(UUID epoch, SpoolRecovery.Recovered left, Opening opening) throws IOException {
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
    this.queue = new WriteQueue(left.nextSequence(), clock);
    this.writer = new SpoolWriter(opening, epoch, queue, ledger);
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
    if (priority == Priority.LOW && ledger.bytes() > limits.lowPriorityBytes()) {
      refuse();
      return 0;
    }
    return queue.append(priority, payload);
  }

  private synchronized void refuse() {
    refused++;
    refusedSince = refusedSince == null ? clock.instant() : refusedSince;
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
    reportRefused();
    return ledger.takeLosses();
  }

  private synchronized void reportRefused() {
    if (refusedSince != null) {
      ledger.report(new Loss(LossCause.SPOOL_FULL, refusedSince, clock.instant(), refused, null));
      refused = 0;
      refusedSince = null;
    }
  }

  /** Calls {@code listener} whenever more is on disk, on the writer's thread: it must not block. */
  public void onDurable(Runnable listener) {
    writer.onDurable(listener);
  }

  /** Writes what waits, syncs and closes; idempotent. */
  @Override
  public void close() {
    queue.close();
    writer.join();
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
