package io.exonward.agent.spool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes to the spool's directory.
 *
 * <p>After a failed write or sync the segment is given up as it stood at the last good sync, and
 * the group is written again into a new one: what the kernel says of the old file after such an
 * error cannot be trusted. A full disk is met by giving the reserve file back, so that names can be
 * removed, and removing the oldest segment.
 */
final class SpoolWriter {
  private static final Logger log = LoggerFactory.getLogger(SpoolWriter.class);
  private static final int ATTEMPTS = 3;

  private final Spool.Opening opening;
  private final UUID epoch;
  private final WriteQueue queue;
  private final SpoolLedger ledger;
  private final Upkeep upkeep;
  private final Thread thread = new Thread(this::run, "spool-writer");

  // Confined to the thread.
  private @Nullable SegmentFile file;
  private @Nullable Segment active;

  private volatile Runnable durableListener = () -> {};

  @GuardedBy("this")
  private long written;

  SpoolWriter(Spool.Opening opening, UUID epoch, WriteQueue queue, SpoolLedger ledger)
      throws IOException {
    this.opening = opening;
    this.epoch = epoch;
    this.queue = queue;
    this.ledger = ledger;
    this.upkeep = new Upkeep(opening, ledger, epoch);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Calls {@code listener} whenever more is on disk, on this thread: it must not block. */
  void onDurable(Runnable listener) {
    durableListener = listener;
  }

  void join() {
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when {@code sequence} was written, or the writer ended. */
  synchronized void awaitWritten(long sequence) throws IOException {
    try {
      while (written < sequence && thread.isAlive()) {
        wait(100);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the spool was repaired");
    }
  }

  private void run() {
    try (upkeep) {
      Batch batch = queue.await();
      while (batch != null) {
        if (batch.count() > 0) {
          write(batch);
          announce(batch);
        }
        upkeep.tidyAfter(batch);
        batch = queue.await();
      }
      closeFile();
      upkeep.finish();
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      log.atError().addKeyValue("error", e).log("the spool cannot be written any more");
      queue.fail(e);
    }
  }

  private void write(Batch batch) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        append(batch);
        return;
      } catch (IOException e) {
        log.atWarn()
            .addKeyValue("error", e)
            .addKeyValue("attempt", attempt)
            .log("spool not written");
        giveUpSegment();
        upkeep.makeRoom();
      }
    }
    ledger.dropped(batch, opening.clock().instant());
  }

  private void append(Batch batch) throws IOException {
    if (active != null && active.bytes() >= opening.limits().segmentBytes()) {
      closeFile();
    }
    if (file == null || active == null) {
      begin(batch.firstSequence());
    }
    SegmentFile out = file;
    Segment before = active;
    if (out == null || before == null) {
      throw new IllegalStateException("no segment is open");
    }
    ByteBuffer content = batch.content();
    out.write(content);
    out.force();
    active = before.grown(batch.endSequence(), before.bytes() + content.limit());
    ledger.wrote(active);
  }

  private void begin(long firstSequence) throws IOException {
    while (ledger.bytes() + opening.limits().segmentBytes() > opening.limits().maxBytes()
        && upkeep.evictOldest()) {}
    Instant now = opening.clock().instant();
    SegmentFormat.Name name = new SegmentFormat.Name(epoch, firstSequence);
    Path path = name.in(opening.directory());
    Files.deleteIfExists(path);
    file = opening.files().create(path);
    ByteBuffer header = SegmentFormat.header(name, now);
    file.write(header);
    DurableFile.syncDirectory(opening.directory());
    active = new Segment(path, name, firstSequence, now, header.limit());
  }

  private void giveUpSegment() {
    try {
      closeFile();
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("spool segment not closed");
    }
  }

  private void closeFile() throws IOException {
    SegmentFile out = file;
    file = null;
    active = null;
    if (out != null) {
      out.close();
    }
  }

  private void announce(Batch batch) {
    synchronized (this) {
      written = batch.endSequence() - 1;
      notifyAll();
    }
    durableListener.run();
  }
}
