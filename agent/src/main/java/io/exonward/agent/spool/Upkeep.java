package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer does beside writing: remembers how far it came, removes what the server has, and
 * holds a file that can be given back when the disk is full. Done once a second at most, because a
 * crash that brings older marks back costs little: what is sent again the server knows (its own
 * last sequence counts), and segments tell themselves how far they go. Owned by the writer.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final int RESERVE_BYTES = 64 << 10;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Spool.Opening opening;
  private final SpoolLedger ledger;
  private final UUID epoch;
  private final MarksFile marks;
  private Instant doneAt = Instant.MIN;
  private boolean isReserved;

  Upkeep(Spool.Opening opening, SpoolLedger ledger, UUID epoch) throws IOException {
    this.opening = opening;
    this.ledger = ledger;
    this.epoch = epoch;
    this.marks = MarksFile.create(opening.directory(), now(opening.clock().instant(), false));
  }

  /** A batch was written, or there was none for a while. */
  void tidyAfter(Batch batch) {
    Instant settledAt = batch.takenAt();
    if (batch.count() > 0 && settledAt.isBefore(doneAt.plus(EVERY))) {
      return;
    }
    doneAt = settledAt;
    try {
      marks.writeSoon(now(settledAt, false));
      ledger.takeAcknowledged().forEach(this::delete);
      reserve();
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("spool not tidied");
    }
  }

  private void reserve() throws IOException {
    if (!isReserved && !Files.exists(reserveFile())) {
      DurableFile.writeSoon(reserveFile(), new byte[RESERVE_BYTES]);
    }
    isReserved = true;
  }

  /** The disk is full. */
  void makeRoom() {
    isReserved = false;
    try {
      Files.deleteIfExists(reserveFile());
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("spool reserve not removed");
    }
    var _ = evictOldest();
  }

  /** Whether there was one to remove. */
  boolean evictOldest() {
    var oldest = ledger.evictOldest();
    oldest.ifPresent(this::delete);
    return oldest.isPresent();
  }

  private void delete(Segment segment) {
    try {
      Files.deleteIfExists(segment.file());
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("spool segment not removed");
    }
  }

  /** Everything is on disk, and nothing more will be. */
  void finish() throws IOException {
    marks.write(now(opening.clock().instant(), true));
  }

  private SpoolMarks now(Instant settledAt, boolean isClean) {
    return new SpoolMarks(epoch, ledger.acknowledged(), ledger.durable(), settledAt, isClean);
  }

  private Path reserveFile() {
    return opening.directory().resolve("reserve");
  }

  @Override
  public void close() throws IOException {
    marks.close();
  }
}
