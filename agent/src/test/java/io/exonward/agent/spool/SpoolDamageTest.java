package io.exonward.agent.spool;

import static io.exonward.agent.spool.SpoolFixture.append;
import static io.exonward.agent.spool.SpoolFixture.await;
import static io.exonward.agent.spool.SpoolFixture.awaitDurable;
import static io.exonward.agent.spool.SpoolFixture.open;
import static io.exonward.agent.spool.SpoolFixture.payload;
import static io.exonward.agent.spool.SpoolFixture.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDamageTest {
  private static final int WRITTEN = 2002;

  @TempDir Path directory;

  /** Whatever one file turns into, the spool opens, keeps the rest, and never reuses a sequence. */
  @Property(tries = 60)
  void open_oneFileDamaged_keepsOrderAndNeverReusesSequence(
      @ForAll @IntRange(max = 1000) int which,
      @ForAll @LongRange(max = 1_000_000) long where,
      @ForAll boolean isCut)
      throws IOException {
    Path root = Files.createTempDirectory("spool-damage");
    UUID epoch = fill(root);
    List<Path> files = files(root);
    damage(files.get(which % files.size()), where, isCut);

    try (Spool spool = open(root)) {
      long next = spool.append(Priority.URGENT, payload(-1));
      awaitDurable(spool, next);

      List<SpoolRecord> left = readAll(spool);
      assertTrue(!spool.epoch().equals(epoch) || next > WRITTEN, "sequence reused");
      Set<Long> sequences = new HashSet<>();
      long before = 0;
      for (SpoolRecord record : left) {
        assertTrue(record.sequence() > before && sequences.add(record.sequence()));
        before = record.sequence();
      }
      boolean isDamageSeen =
          spool.takeLosses().stream().map(Loss::cause).anyMatch(LossCause.SPOOL_DAMAGED::equals);
      // In the same epoch the server sees what is missing as a gap between the sequences.
      boolean isGapSeen = spool.epoch().equals(epoch) && before - left.size() > 0;
      assertTrue(
          isDamageSeen || isGapSeen || left.size() >= WRITTEN - 1, "lost silently: " + left.size());
    } finally {
      delete(root);
    }
  }

  @Test
  void open_tornTail_reportsDamageOnceAndSkipsSequences() throws IOException {
    UUID epoch = fill(directory);
    Path newest = SpoolFixture.segments(directory).getLast();
    Files.write(newest, new byte[] {0, 0, 0, 50, 1, 2, 3}, java.nio.file.StandardOpenOption.APPEND);

    try (Spool spool = open(directory)) {
      assertEquals(epoch, spool.epoch());
      assertTrue(spool.append(Priority.URGENT, payload(1)) > WRITTEN);
      assertTrue(causes(spool).contains(LossCause.SPOOL_DAMAGED));
    }
    try (Spool spool = open(directory)) {
      assertEquals(List.of(LossCause.AGENT_DOWN), causes(spool));
    }
  }

  @Test
  void open_newestHeaderGone_beginsNewEpochAndCarriesOver() throws IOException {
    UUID epoch = fill(directory);
    List<Path> segments = SpoolFixture.segments(directory);
    Files.write(segments.getLast(), new byte[200]);

    try (Spool spool = open(directory)) {
      List<SpoolRecord> left = readAll(spool);

      assertTrue(!spool.epoch().equals(epoch));
      assertTrue(left.size() > 1000 && left.getFirst().sequence() == 1);
      assertEquals("event 0", SpoolFixture.text(left.getFirst()));
    }
  }

  /** As after a crash: they are written only once a second. */
  @Test
  void open_marksAreOlder_goesOnWhereTheSegmentsEnd() throws IOException {
    UUID epoch = fill(directory);
    Path marks = directory.resolve("marks");
    byte[] older = Files.readAllBytes(marks);
    try (Spool spool = open(directory)) {
      append(spool, 2000);
      spool.acknowledge(spool.usage().durableSequence());
      append(spool, 0);
      await(() -> spool.usage().oldestSequence() > WRITTEN && segmentCount() == 1);
    }
    Files.write(marks, older);

    try (Spool spool = open(directory)) {
      assertEquals(epoch, spool.epoch());
      assertEquals(WRITTEN + 2003, spool.append(Priority.URGENT, payload(1)));
      assertEquals(List.of(LossCause.AGENT_DOWN), causes(spool));
    }
  }

  private long segmentCount() {
    try {
      return SpoolFixture.segments(directory).size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<LossCause> causes(Spool spool) {
    return spool.takeLosses().stream().map(Loss::cause).toList();
  }

  private static UUID fill(Path root) throws IOException {
    try (Spool spool = open(root)) {
      append(spool, 1000);
      append(spool, 1000);
      return spool.epoch();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.sorted().toList();
    }
  }

  private static void damage(Path file, long where, boolean isCut) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int at = (int) (where % content.length);
    if (isCut) {
      Files.write(file, java.util.Arrays.copyOf(content, at));
    } else {
      content[at] ^= 0x41;
      Files.write(file, content);
    }
  }

  private static void delete(Path root) throws IOException {
    for (Path file : files(root)) {
      Files.delete(file);
    }
    Files.delete(root);
  }
}
