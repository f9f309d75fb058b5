package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * One segment file, mapped. Never changes. Thread-safe. A file that is cut short while it is mapped
 * makes the virtual machine throw an error in the thread that reads it, nothing worse.
 */
final class Segment implements SegmentSource {
  private static final int CHECK_BYTES = 1 << 28;

  private final MemorySegment file;
  private final SegmentLayout layout;
  private final GeneTable[] tables;
  private final Postings postings;
  private final FunctionTable functions;

  private Segment(MemorySegment file, SegmentLayout layout) {
    this.file = file;
    this.layout = layout;
    tables =
        IntStream.range(0, SegmentLayout.TABLES)
            .mapToObj(number ->
                new GeneTable(
                    file,
                    layout.tableOffset(number),
                    layout.tables().get(number).genes(),
                    layout.tables().get(number).valueWidth()))
            .toArray(GeneTable[]::new);
    postings = new Postings(file, layout.postingOffset(), layout.postingBytes());
    functions = new FunctionTable(file, layout);
  }

  /** Of a file that is still written and has no header yet. */
  static Segment unfinished(MemorySegment file, SegmentLayout layout) {
    return new Segment(file, layout);
  }

  /**
   * Maps a file.
   *
   * @throws GeneIndexException if it has not the length and checksum that it was written with
   */
  static Segment open(Path path, Arena arena, long bytes, long checksum) throws IOException {
    MemorySegment file = map(path, arena);
    if (file.byteSize() != bytes) {
      throw new GeneIndexException(
          Problem.DAMAGED, path + " has " + file.byteSize() + " bytes, not " + bytes);
    }
    if (checksum(file) != checksum) {
      throw new GeneIndexException(Problem.DAMAGED, path + " is not what was written: checksum");
    }
    try {
      return new Segment(file, SegmentLayout.read(file));
    } catch (GeneIndexException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new GeneIndexException(Problem.DAMAGED, path + ": " + e.getMessage(), e);
    }
  }

  private static MemorySegment map(Path path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  /** CRC-32C of a whole file. */
  static long checksum(MemorySegment file) {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < file.byteSize(); at += CHECK_BYTES) {
      crc.update(file.asSlice(at, Math.min(CHECK_BYTES, file.byteSize() - at)).asByteBuffer());
    }
    return crc.getValue();
  }

  long bytes() {
    return file.byteSize();
  }

  GeneTable table(GeneType type) {
    return tables[SegmentLayout.table(type)];
  }

  GeneTable table(Feature feature) {
    return tables[SegmentLayout.table(feature)];
  }

  /** Number of lists of origins. */
  int lists() {
    return (int) layout.lists();
  }

  /** Origins of the list with this number, ascending. */
  int[] list(long number) {
    if (number >= layout.lists()) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: list " + number + " of " + layout.lists());
    }
    int start = number == 0 ? 0 : listEnd(number - 1);
    int end = listEnd(number);
    if (start < 0
        || start > end
        || end > layout.listOrigins()
        || end - start > OriginDictionary.MAX_ORIGINS) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: a list from " + start + " to " + end);
    }
    int[] origins = new int[end - start];
    for (int i = 0; i < origins.length; i++) {
      long at = layout.listOriginOffset() + (long) (start + i) * Integer.BYTES;
      origins[i] = file.get(Packed.INT, at);
    }
    return origins;
  }

  private int listEnd(long number) {
    return file.get(Packed.INT, layout.listOffset() + number * Integer.BYTES);
  }

  /** Number of different functions that have a gene. */
  int different(Feature feature, long key) {
    GeneTable table = table(feature);
    long place = table.find(key);
    return place < 0 ? 0 : postings.different(table.value(place));
  }

  /** Functions that have a gene, ascending; empty if there are too many. */
  int[] functions(Feature feature, long place) {
    return postings.functions(table(feature).value(place));
  }

  /** Number of different functions that have the gene at a place. */
  int differentAt(Feature feature, long place) {
    return postings.different(table(feature).value(place));
  }

  FunctionTable functionTable() {
    return functions;
  }

  @Override
  public GeneCursor genes(GeneType type) {
    return new ListCursor(table(type).cursor());
  }

  @Override
  public GeneCursor features(Feature feature) {
    return new PostingCursor(table(feature).cursor());
  }

  @Override
  public int functions() {
    return functions.size();
  }

  @Override
  public StoredFunction function(int number) {
    return functions.read(number);
  }

  /** Genes of code objects with their origins. */
  private final class ListCursor implements GeneCursor {
    private final GeneTable.Cursor genes;

    ListCursor(GeneTable.Cursor genes) {
      this.genes = genes;
    }

    @Override
    public boolean advance() {
      return genes.advance();
    }

    @Override
    public long key() {
      return genes.key();
    }

    @Override
    public int[] ids() {
      return list(genes.value());
    }

    @Override
    public int idsToken() {
      return Math.toIntExact(genes.value());
    }
  }

  /** Genes of functions with the functions. */
  private final class PostingCursor implements GeneCursor {
    private final GeneTable.Cursor genes;

    PostingCursor(GeneTable.Cursor genes) {
      this.genes = genes;
    }

    @Override
    public boolean advance() {
      return genes.advance();
    }

    @Override
    public long key() {
      return genes.key();
    }

    @Override
    public int[] ids() {
      return postings.functions(genes.value());
    }

    @Override
    public int unnamed() {
      return ids().length == 0 ? postings.different(genes.value()) : 0;
    }
  }
}
