package io.exonward.agent.spool;

import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an earlier run left. Whatever single file is damaged, the rest is kept.
 *
 * <p>A sequence must never be used twice in one epoch: the server would take the second event for a
 * copy of the first. So where the newest segment ends in damage, the sequence goes on behind
 * everything that can have stood there; and where even that is not known (the newest segment's
 * header is gone, or the marks speak of more than is there) the epoch ends, and what is left is
 * carried over into a new one.
 */
final class SpoolRecovery {
  private final Path directory;
  private final Instant now;
  private final List<Loss> losses = new ArrayList<>();
  private boolean isSequenceKnown = true;
  private long nextSequence = 1;

  private SpoolRecovery(Path directory, Instant now) {
    this.directory = directory;
    this.now = now;
  }

  /**
   * @param epoch to go on with; null if a new one has to begin
   * @param segments of {@code epoch}, or of the epochs that ended, in order
   */
  record Recovered(
      @Nullable UUID epoch,
      List<Segment> segments,
      long acknowledged,
      long nextSequence,
      List<Loss> losses) {}

  static Recovered read(Path directory, Optional<SpoolMarks> marks, Instant now)
      throws IOException {
    return new SpoolRecovery(directory, now).read(marks);
  }

  private Recovered read(Optional<SpoolMarks> marks) throws IOException {
    Map<UUID, List<SegmentFormat.Name>> names = list();
    Instant aliveAt = marks.map(SpoolMarks::aliveAt).orElse(now);
    UUID epoch =
        marks
            .map(SpoolMarks::epoch)
            .orElse(names.size() == 1 ? names.keySet().iterator().next() : null);
    List<Segment> ended = new ArrayList<>();
    for (var entry : names.entrySet()) {
      if (!entry.getKey().equals(epoch)) {
        ended.addAll(readEpoch(entry.getValue(), aliveAt));
      }
    }
    isSequenceKnown = true;
    nextSequence = 1;
    List<Segment> current =
        epoch == null ? List.of() : readEpoch(names.getOrDefault(epoch, List.of()), aliveAt);
    long promised = marks.map(m -> Math.max(m.acknowledged(), m.durable())).orElse(0L);
    if (isSequenceKnown && promised >= nextSequence) {
      lost(aliveAt, promised - nextSequence + 1);
      isSequenceKnown = false;
    }
    long acknowledged = isSequenceKnown ? marks.map(SpoolMarks::acknowledged).orElse(0L) : 0;
    if (epoch != null && isSequenceKnown && ended.isEmpty()) {
      return new Recovered(epoch, current, acknowledged, nextSequence, losses);
    }
    ended.addAll(current);
    return new Recovered(null, ended, acknowledged, 1, losses);
  }

  private Map<UUID, List<SegmentFormat.Name>> list() throws IOException {
    Map<UUID, List<SegmentFormat.Name>> names = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        SegmentFormat.Name.parse(file)
            .ifPresent(n -> names.computeIfAbsent(n.epoch(), _ -> new ArrayList<>()).add(n));
      }
    }
    names
        .values()
        .forEach(l -> l.sort(Comparator.comparingLong(SegmentFormat.Name::firstSequence)));
    return names;
  }

  private List<Segment> readEpoch(List<SegmentFormat.Name> names, Instant aliveAt)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean isNewest = i == names.size() - 1;
      long limit = isNewest ? Long.MAX_VALUE : names.get(i + 1).firstSequence();
      readSegment(names.get(i), limit, isNewest, aliveAt).ifPresent(segments::add);
    }
    return segments;
  }

  private Optional<Segment> readSegment(
      SegmentFormat.Name name, long limit, boolean isNewest, Instant aliveAt) throws IOException {
    Path file = name.in(directory);
    long size = Files.size(file);
    if (isNewest && size < SegmentFormat.HEADER_BYTES) {
      // The run ended while it began this segment: nothing had been promised of it.
      nextSequence = name.firstSequence();
      Files.delete(file);
      return Optional.empty();
    }
    Optional<SegmentReader> opened = SegmentReader.open(file, name);
    if (opened.isEmpty()) {
      lost(aliveAt, isNewest ? 0 : limit - name.firstSequence());
      isSequenceKnown &= !isNewest;
      Files.delete(file);
      return Optional.empty();
    }
    try (SegmentReader reader = opened.orElseThrow()) {
      while (reader.nextSequence() < limit && reader.next() != null) {}
      long end = reader.nextSequence();
      if (isNewest) {
        long rest = size - reader.validBytes();
        if (rest > 0) {
          lost(aliveAt, 0);
        }
        nextSequence = end + (rest > 0 ? rest / SegmentFormat.RECORD_HEADER_BYTES + 1 : 0);
      } else if (end < limit && size > reader.validBytes()) {
        // A file that was cut exactly between two records looks like one that was repaired before:
        // then only the gap in the sequences tells, which the server counts as a loss.
        lost(aliveAt, limit - end);
      }
      if (size > reader.validBytes()) {
        truncate(file, reader.validBytes());
      }
      return Optional.of(new Segment(file, name, end, reader.createdAt(), reader.validBytes()));
    }
  }

  /** So that the next start does not report the same damage again. */
  private static void truncate(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  private void lost(Instant from, long count) {
    losses.add(new Loss(LossCause.SPOOL_DAMAGED, from, now, count, null));
  }
}
