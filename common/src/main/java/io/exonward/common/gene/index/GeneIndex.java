package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.Genes;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was committed to an index when it was opened; later commits need another one. Thread-safe.
 *
 * <p>An index is a directory with a manifest, which names families, samples and segments, and with
 * the segment files, which are sorted tables and never change. New samples make a new segment;
 * segments of about the same size are merged, so that there are some four for each power of four in
 * size. All of it is mapped: the heap holds what the manifest says.
 */
public final class GeneIndex implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Manifest manifest;
  private final Origins origins;
  private final List<Segment> segments;
  private final Arena arena;

  private GeneIndex(Manifest manifest, List<Segment> segments, Arena arena) {
    this.manifest = manifest;
    this.origins = new Origins(manifest);
    this.segments = List.copyOf(segments);
    this.arena = arena;
  }

  /**
   * Opens the index in a directory for reading, and checks all of it.
   *
   * @throws GeneIndexException if there is none, or it is damaged
   */
  public static GeneIndex open(Path directory) {
    for (int attempt = 1; ; attempt++) {
      try {
        return open(directory, ManifestFile.read(directory));
      } catch (NoSuchFileException e) {
        // a writer may have replaced segments since the manifest was read
        if (attempt == ATTEMPTS) {
          throw new GeneIndexException(Problem.DAMAGED, "segment is missing: " + e.getFile(), e);
        }
      } catch (IOException e) {
        throw new GeneIndexException(Problem.DISK, "cannot read " + directory + ": " + e, e);
      }
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // the index owns it from its construction on
  private static GeneIndex open(Path directory, Manifest manifest) throws IOException {
    Arena arena = Arena.ofShared();
    boolean isOpen = false;
    try {
      List<Segment> segments = new ArrayList<>();
      for (Manifest.SegmentFile file : manifest.segments()) {
        segments.add(
            Segment.open(directory.resolve(file.name()), arena, file.bytes(), file.checksum()));
      }
      isOpen = true;
      return new GeneIndex(manifest, segments, arena);
    } finally {
      if (!isOpen) {
        arena.close();
      }
    }
  }

  /** All families, by name. */
  public List<IndexedFamily> families() {
    return manifest.families().stream()
        .map(entry -> new IndexedFamily(entry.family(), entry.samples()))
        .toList();
  }

  /** Definition of its genes; 0 if it is empty. */
  public int definition() {
    return manifest.definition();
  }

  /** Number of genes of whole code objects; one that several segments have counts several times. */
  public long genes() {
    long genes = 0;
    for (GeneType type : SegmentSource.TYPES) {
      genes += segments.stream().mapToLong(segment -> segment.table(type).size()).sum();
    }
    return genes;
  }

  /** Number of functions, builds counted apart. */
  public long functions() {
    return segments.stream().mapToLong(Segment::functions).sum();
  }

  /** Size of all segments. */
  public long bytes() {
    return segments.stream().mapToLong(Segment::bytes).sum();
  }

  /**
   * Counts genes of code by who has them.
   *
   * @param type STREAM, TRIPLE or STRING
   * @return one group for each combination of owners; the one without owners first
   */
  public List<GeneGroup> group(GeneType type, Genes genes) {
    return new GeneGrouping(segments, origins).group(type, genes);
  }

  /** A search for functions in this index. */
  public FunctionSearch functionSearch() {
    return new FunctionSearch(segments, origins);
  }

  List<Segment> segments() {
    return segments;
  }

  Origins origins() {
    return origins;
  }

  /** Gives the mapped files back; nothing may be asked afterwards. */
  @Override
  public void close() {
    arena.close();
  }
}
