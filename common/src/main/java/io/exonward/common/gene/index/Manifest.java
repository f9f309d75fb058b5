package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import java.util.List;

/**
 * What an index consists of.
 *
 * @param definition of the genes; 0 as long as there are none
 * @param nextFamily number of the next new family
 * @param nextOrigin number of the next new origin
 * @param nextSegment number of the next segment file
 * @param families by name
 * @param segments the oldest first
 */
record Manifest(
    int definition,
    int nextFamily,
    int nextOrigin,
    int nextSegment,
    List<Entry> families,
    List<SegmentFile> segments) {
  static final Manifest EMPTY = new Manifest(0, 0, 0, 0, List.of(), List.of());

  Manifest {
    families = List.copyOf(families);
    segments = List.copyOf(segments);
  }

  /**
   * A family.
   *
   * @param number stays when the name changes
   */
  record Entry(int number, Family family, List<Origin> origins, List<Sample> samples) {
    Entry {
      origins = List.copyOf(origins);
      samples = List.copyOf(samples);
    }
  }

  /** A version of a family. */
  record Origin(int number, String version) {}

  /**
   * A segment.
   *
   * @param checksum CRC-32C of the whole file
   */
  record SegmentFile(int number, long bytes, long checksum) {
    String name() {
      return "segment-" + number;
    }
  }
}
