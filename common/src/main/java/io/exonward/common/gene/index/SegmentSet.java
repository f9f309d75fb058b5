package io.exonward.common.gene.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The segments of an index while it is written. A segment of {@code n} bytes is in tier log4 n;
 * four of one tier are merged to one, so that each gene is written about once for each tier, and
 * there are at most three segments to a tier. Not thread-safe.
 */
final class SegmentSet implements AutoCloseable {
  private static final int TIER_BITS = 2;
  private static final int SMALLEST_TIER_BITS = 20;
  private static final int MERGED_AT_ONCE = 4;

  /** Larger ones are left alone: merging them would take minutes and as much free disk. */
  private static final long MAX_MERGED_BYTES = 1L << 34;

  private final Path directory;
  private final List<Mapped> segments = new ArrayList<>();
  private final List<Mapped> replaced = new ArrayList<>();
  private int nextNumber;

  private record Mapped(Manifest.SegmentFile file, Segment segment, Arena arena) {}

  /** Of a manifest; deletes files that it does not name. */
  SegmentSet(Path directory, Manifest manifest) throws IOException {
    this.directory = directory;
    nextNumber = manifest.nextSegment();
    deleteLeftovers(manifest);
    boolean isOpen = false;
    try {
      for (Manifest.SegmentFile file : manifest.segments()) {
        segments.add(open(file));
      }
      isOpen = true;
    } finally {
      if (!isOpen) {
        close();
      }
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the set, or when it is replaced
  private Mapped open(Manifest.SegmentFile file) throws IOException {
    Arena arena = Arena.ofShared();
    boolean isOpen = false;
    try {
      Path path = directory.resolve(file.name());
      Segment segment = Segment.open(path, arena, file.bytes(), file.checksum());
      isOpen = true;
      return new Mapped(file, segment, arena);
    } finally {
      if (!isOpen) {
        arena.close();
      }
    }
  }

  private void deleteLeftovers(Manifest manifest) throws IOException {
    Set<String> names =
        manifest.segments().stream()
            .map(Manifest.SegmentFile::name)
            .collect(Collectors.toUnmodifiableSet());
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "{segment-*," + ManifestFile.UNFINISHED + "}")) {
      for (Path file : files) {
        if (!names.contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
  }

  int nextNumber() {
    return nextNumber;
  }

  List<Manifest.SegmentFile> files() {
    return segments.stream().map(Mapped::file).toList();
  }

  /** Writes a segment from a source. */
  void append(SegmentSource source, Origins origins) throws IOException {
    segments.add(write(List.of(source), List.copyOf(segments), origins));
  }

  private Mapped write(List<SegmentSource> sources, List<Mapped> others, Origins origins)
      throws IOException {
    int number = nextNumber++;
    Path path = directory.resolve(new Manifest.SegmentFile(number, 0, 0).name());
    SegmentWriter.write(path, sources, others.stream().map(Mapped::segment).toList(), origins);
    return open(SegmentWriter.describe(number, path));
  }

  /** Merges as long as there are many of one size; returns whether there were. */
  boolean merge(Origins origins) throws IOException {
    boolean hasMerged = false;
    for (List<Mapped> many = many(); !many.isEmpty(); many = many()) {
      List<Mapped> others = new ArrayList<>(segments);
      others.removeAll(many);
      Mapped merged =
          write(many.stream().<SegmentSource>map(Mapped::segment).toList(), others, origins);
      segments.removeAll(many);
      segments.addFirst(merged);
      replaced.addAll(many);
      hasMerged = true;
    }
    return hasMerged;
  }

  private List<Mapped> many() {
    for (int tier = 0; tier <= tier(MAX_MERGED_BYTES); tier++) {
      int wanted = tier;
      List<Mapped> same =
          segments.stream().filter(each -> tier(each.file.bytes()) == wanted).toList();
      long bytes = same.stream().mapToLong(each -> each.file.bytes()).sum();
      if (same.size() >= MERGED_AT_ONCE && bytes <= MAX_MERGED_BYTES) {
        return same;
      }
    }
    return List.of();
  }

  private static int tier(long bytes) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bytes);
    return Math.max(0, bits - SMALLEST_TIER_BITS) / TIER_BITS;
  }

  /** Deletes files of segments that were merged, once no manifest names them. */
  void deleteReplaced() throws IOException {
    for (Mapped old : replaced) {
      old.arena.close();
      Files.delete(directory.resolve(old.file.name()));
    }
    replaced.clear();
  }

  @Override
  public void close() {
    segments.forEach(each -> each.arena.close());
    replaced.forEach(each -> each.arena.close());
  }
}
