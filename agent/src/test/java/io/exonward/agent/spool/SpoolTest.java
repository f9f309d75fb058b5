package io.exonward.agent.spool;

import static io.exonward.agent.spool.SpoolFixture.append;
import static io.exonward.agent.spool.SpoolFixture.await;
import static io.exonward.agent.spool.SpoolFixture.awaitDurable;
import static io.exonward.agent.spool.SpoolFixture.open;
import static io.exonward.agent.spool.SpoolFixture.payload;
import static io.exonward.agent.spool.SpoolFixture.readAll;
import static io.exonward.agent.spool.SpoolFixture.segments;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path directory;

  @Test
  void append_urgent_isReadableInOrder() throws IOException {
    try (Spool spool = open(directory)) {
      append(spool, 999);

      List<SpoolRecord> records = readAll(spool);

      assertEquals(1000, records.size());
      for (int i = 0; i < 1000; i++) {
        assertEquals(i + 1, records.get(i).sequence());
        assertEquals("event " + i, SpoolFixture.text(records.get(i)));
      }
    }
  }

  @Test
  void append_normal_isDurableSoonByItself() throws IOException {
    try (Spool spool = open(directory)) {
      long sequence = spool.append(Priority.NORMAL, payload(1));

      awaitDurable(spool, sequence);

      assertEquals(1, readAll(spool).size());
    }
  }

  @Test
  void open_afterClose_continuesEpochAndSequence() throws IOException {
    UUID epoch;
    try (Spool spool = open(directory)) {
      epoch = spool.epoch();
      append(spool, 9);
      spool.acknowledge(4);
    }

    try (Spool spool = open(directory)) {
      assertEquals(epoch, spool.epoch());
      assertEquals(11, spool.append(Priority.URGENT, payload(11)));
      awaitDurable(spool, 11);
      assertEquals(4, spool.usage().acknowledgedSequence());
      assertEquals(5, spool.usage().oldestSequence());
      assertEquals(7, spool.usage().events());
      List<Loss> losses = spool.takeLosses();
      assertEquals(List.of(LossCause.AGENT_DOWN), losses.stream().map(Loss::cause).toList());
      assertTrue(losses.getFirst().from().isBefore(losses.getFirst().to()));
    }
  }

  @Test
  void acknowledge_all_keepsOnlyTheNewestSegment() throws IOException {
    try (Spool spool = open(directory)) {
      for (int i = 0; i < 20; i++) {
        append(spool, 500);
      }
      assertTrue(segments(directory).size() > 3);

      spool.acknowledge(spool.usage().durableSequence());

      await(() -> segmentCount() == 1);
      assertEquals(0, spool.usage().events());
    }
  }

  @Test
  void acknowledge_moreThanWasWritten_saysThisIsAnOldCopy() throws IOException {
    UUID epoch;
    try (Spool spool = open(directory)) {
      epoch = spool.epoch();
      append(spool, 3);
      assertFalse(spool.acknowledge(1000));
    }

    try (Spool spool = open(directory)) {
      assertFalse(spool.epoch().equals(epoch));
      assertEquals(4, readAll(spool).size());
      assertEquals(1, readAll(spool).getFirst().sequence());
    }
  }

  @Test
  void append_beyondLimit_evictsOldestAndCountsThem() throws IOException {
    try (Spool spool = open(directory)) {
      byte[] large = new byte[8 << 10];
      for (int i = 0; i < 400; i++) {
        awaitDurable(spool, spool.append(Priority.URGENT, large));
      }

      List<SpoolRecord> left = readAll(spool);

      assertTrue(spool.usage().bytes() <= SpoolFixture.SMALL.maxBytes());
      long lost = spool.takeLosses().stream().mapToLong(Loss::count).sum();
      assertEquals(400, left.size() + lost);
      assertEquals(400, left.getLast().sequence());
      assertEquals(lost + 1, left.getFirst().sequence());
    }
  }

  @Test
  void append_lowWhenNearlyFull_isRefusedAndCounted() throws IOException {
    try (Spool spool = open(directory)) {
      byte[] large = new byte[8 << 10];
      for (int i = 0; i < 110; i++) {
        awaitDurable(spool, spool.append(Priority.URGENT, large));
      }

      assertEquals(0, spool.append(Priority.LOW, large));

      List<Loss> losses = spool.takeLosses();
      assertEquals(LossCause.SPOOL_FULL, losses.getFirst().cause());
      assertEquals(1, losses.getFirst().count());
    }
  }

  @Test
  void append_syncFails_writesTheGroupAgainIntoNewSegment() throws IOException {
    AtomicInteger syncs = new AtomicInteger();
    try (Spool spool = openWith(file -> failing(file, () -> syncs.incrementAndGet() == 2))) {
      append(spool, 1);
      append(spool, 1);

      assertEquals(4, readAll(spool).size());
      assertEquals(2, segments(directory).size());
    }
    try (Spool spool = open(directory)) {
      assertEquals(4, readAll(spool).size());
      assertEquals(5, spool.append(Priority.URGENT, payload(5)));
    }
  }

  @Test
  void append_diskStaysFull_dropsAndCountsAndGoesOn() throws IOException {
    AtomicInteger syncs = new AtomicInteger();
    try (Spool spool =
        openWith(file ->
            failing(
                file,
                () -> {
                  int sync = syncs.incrementAndGet();
                  return sync > 1 && sync <= 4;
                }))) {
      append(spool, 0);
      append(spool, 0);
      append(spool, 0);

      List<Long> sequences = readAll(spool).stream().map(SpoolRecord::sequence).toList();
      assertEquals(List.of(1L, 3L), sequences);
      Loss loss = spool.takeLosses().getFirst();
      assertEquals(LossCause.SPOOL_FULL, loss.cause());
      assertEquals(1, loss.count());
    }
  }

  @Test
  void append_afterClose_throws() throws IOException {
    Spool spool = open(directory);
    spool.close();

    assertThrows(IllegalStateException.class, () -> spool.append(Priority.NORMAL, payload(1)));
  }

  private Spool openWith(SegmentFile.Factory files) throws IOException {
    return Spool.open(
        new Spool.Opening(directory, SpoolFixture.SMALL, InstantSource.system(), files));
  }

  private interface Failure {
    boolean isNow();
  }

  private static SegmentFile failing(Path file, Failure failure) throws IOException {
    SegmentFile real = SegmentFile.create(file);
    return new SegmentFile() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        real.write(bytes);
      }

      @Override
      public void force() throws IOException {
        if (failure.isNow()) {
          throw new IOException("No space left on device");
        }
        real.force();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  private long segmentCount() {
    try {
      return segments(directory).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
