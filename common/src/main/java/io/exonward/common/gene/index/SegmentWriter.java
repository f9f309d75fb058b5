package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a segment from new samples, or from segments that it is to replace. Two walks over each
 * table: the first counts genes and lists, which give all offsets, the second writes. On the heap
 * are the different lists of origins and 12 bytes for each function; time is linear in the genes,
 * with one look-up for each gene of a function at the end.
 */
final class SegmentWriter {
  private static final int POSTING_WIDTH = 40; // postings of up to 1 TiB

  private final List<SegmentSource> sources;
  private final List<Segment> others;
  private final FunctionMerge functions;
  private final OriginDictionary[] dictionaries = new OriginDictionary[SegmentSource.TYPES.size()];
  private final OriginLists lists = new OriginLists();

  private SegmentWriter(List<SegmentSource> sources, List<Segment> others, Origins origins) {
    this.sources = sources;
    this.others = others;
    functions = new FunctionMerge(sources, origins);
    for (int i = 0; i < dictionaries.length; i++) {
      dictionaries[i] = new OriginDictionary(origins, lists, sources.size());
    }
  }

  /**
   * Writes a file, durably.
   *
   * @param others segments that stay beside it: how frequent genes are counts them too
   */
  static void write(Path path, List<SegmentSource> sources, List<Segment> others, Origins origins)
      throws IOException {
    new SegmentWriter(sources, others, origins).write(path);
  }

  /** What a manifest says of a segment file. */
  static Manifest.SegmentFile describe(int number, Path path) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
      return new Manifest.SegmentFile(number, mapped.byteSize(), Segment.checksum(mapped));
    }
  }

  private void write(Path path) throws IOException {
    SegmentLayout layout = layout();
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      writeGenes(file, layout);
      writeLists(file, layout);
      SegmentLayout whole = writeFeatures(file, layout);
      writeBodies(file, whole);
      writeRecords(file, whole);
      SectionOutput header = new SectionOutput(file, 0);
      whole.write(header);
      header.flush();
      file.force(true);
    }
  }

  private MergedGenes walk(GeneType type) {
    return new MergedGenes(sources.stream().map(source -> source.genes(type)).toList());
  }

  private SegmentLayout layout() {
    long[] genes = new long[SegmentLayout.TABLES];
    for (GeneType type : SegmentSource.TYPES) {
      int table = SegmentLayout.table(type);
      for (MergedGenes walk = walk(type); walk.advance(); ) {
        genes[table] += dictionaries[table].number(walk) < 0 ? 0 : 1;
      }
    }
    for (Feature feature : Feature.values()) {
      for (MergedGenes walk = functions.walk(feature); walk.advance(); ) {
        genes[SegmentLayout.table(feature)] += functions.named(walk).different == 0 ? 0 : 1;
      }
    }
    int listWidth = Packed.width(lists.count());
    List<SegmentLayout.Table> tables = new ArrayList<>();
    for (int table = 0; table < genes.length; table++) {
      int width = table < SegmentSource.TYPES.size() ? listWidth : POSTING_WIDTH;
      tables.add(new SegmentLayout.Table(genes[table], width));
    }
    return new SegmentLayout(
        tables, lists.count(), lists.origins(), functions.count(), functions.bodyBytes(), 0);
  }

  private GeneTableWriter table(FileChannel file, SegmentLayout layout, int number)
      throws IOException {
    SegmentLayout.Table table = layout.tables().get(number);
    return new GeneTableWriter(file, layout.tableOffset(number), table.genes(), table.valueWidth());
  }

  private void writeGenes(FileChannel file, SegmentLayout layout) throws IOException {
    for (GeneType type : SegmentSource.TYPES) {
      int number = SegmentLayout.table(type);
      GeneTableWriter table = table(file, layout, number);
      for (MergedGenes walk = walk(type); walk.advance(); ) {
        int list = dictionaries[number].number(walk);
        if (list >= 0) {
          table.add(walk.key(), list);
        }
      }
      table.end();
    }
  }

  private void writeLists(FileChannel file, SegmentLayout layout) throws IOException {
    SectionOutput ends = new SectionOutput(file, layout.listOffset());
    SectionOutput origins = new SectionOutput(file, layout.listOriginOffset());
    lists.write(ends, origins);
    ends.flush();
    origins.flush();
  }

  /** Returns the layout with the postings, whose length shows only now. */
  private SegmentLayout writeFeatures(FileChannel file, SegmentLayout layout) throws IOException {
    SectionOutput postings = new SectionOutput(file, layout.postingOffset());
    for (Feature feature : Feature.values()) {
      GeneTableWriter table = table(file, layout, SegmentLayout.table(feature));
      for (MergedGenes walk = functions.walk(feature); walk.advance(); ) {
        FunctionMerge.Named named = functions.named(walk);
        if (named.different > 0) {
          table.add(walk.key(), postings.position() - layout.postingOffset());
          Postings.write(postings, named.different, named.functions);
        }
      }
      table.end();
    }
    long bytes = postings.position() - layout.postingOffset();
    postings.flush();
    return new SegmentLayout(
        layout.tables(),
        layout.lists(),
        layout.listOrigins(),
        layout.functions(),
        layout.bodyBytes(),
        bytes);
  }

  private void writeBodies(FileChannel file, SegmentLayout layout) throws IOException {
    SectionOutput bodies = new SectionOutput(file, layout.bodyOffset());
    for (int i = 0; i < sources.size(); i++) {
      for (int number = 0; number < sources.get(i).functions(); number++) {
        if (functions.number(i, number) >= 0) {
          FunctionTable.writeBody(bodies, functions.read(i, number));
        }
      }
    }
    bodies.flush();
  }

  private void writeRecords(FileChannel file, SegmentLayout layout) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, layout.fileBytes(), arena);
      Segment fresh = Segment.unfinished(mapped, layout);
      SectionOutput records = new SectionOutput(file, layout.functionOffset());
      FunctionTable.Frequencies frequencies =
          (feature, key) -> {
            int different = fresh.different(feature, key);
            for (Segment other : others) {
              different += other.different(feature, key);
            }
            return Math.log(Math.max(1, different));
          };
      long body = 0;
      for (int i = 0; i < sources.size(); i++) {
        for (int number = 0; number < sources.get(i).functions(); number++) {
          if (functions.number(i, number) >= 0) {
            StoredFunction function = functions.read(i, number);
            FunctionTable.writeRecord(records, function, body, frequencies);
            body += FunctionTable.bodyBytes(function);
          }
        }
      }
      records.flush();
    }
  }
}
