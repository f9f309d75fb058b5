package io.exonward.common.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is mapped where.
 *
 * @param segments by address, without overlaps in memory; executable ones without overlaps in the
 *     file
 * @param lowest address that is mapped
 * @param end address after the last one, zeros behind the file's bytes included
 * @param dynamic the dynamic table, null if there is none
 * @param frameIndex the index of unwind information, null if there is none
 */
record Layout(
    List<Segment> segments,
    long lowest,
    long end,
    @Nullable Segment dynamic,
    @Nullable Segment frameIndex) {
  Layout {
    segments = List.copyOf(segments);
  }

  /** Where the byte is in the file that is mapped at {@code address}; -1 if none is. */
  int offsetOf(long address) {
    return Segment.offsetOf(segments, address);
  }

  /** Drops what overlaps what comes before it, by address. */
  static List<Segment> withoutOverlaps(List<Segment> segments) {
    List<Segment> sorted = new ArrayList<>(segments);
    sorted.sort(Comparator.comparingLong(Segment::address).thenComparingInt(Segment::offset));
    List<Segment> kept = new ArrayList<>();
    for (Segment segment : sorted) {
      if (kept.isEmpty() || kept.getLast().end() <= segment.address()) {
        kept.add(segment);
      }
    }
    return withoutSharedCode(kept);
  }

  /** Of code that several segments map, the first counts: else little input would be much work. */
  private static List<Segment> withoutSharedCode(List<Segment> segments) {
    List<Segment> code = new ArrayList<>(segments.stream().filter(Segment::isExecutable).toList());
    code.sort(Comparator.comparingInt(Segment::offset).thenComparingLong(Segment::address));
    List<Segment> shared = new ArrayList<>();
    int end = 0;
    for (Segment segment : code) {
      if (segment.offset() < end) {
        shared.add(segment);
      } else {
        end = segment.offset() + segment.size();
      }
    }
    if (shared.isEmpty()) {
      return segments;
    }
    List<Segment> kept = new ArrayList<>(segments);
    kept.removeAll(new HashSet<>(shared));
    return kept;
  }
}
