package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a segment file are. It starts with this, as little-endian longs: the magic
 * number, the size and value width of each table, then count and bytes of what follows. The parts
 * come in this order, without gaps: gene tables, feature tables, lists of origins, function
 * records, function bodies, postings.
 *
 * @param tables by gene type, then by feature
 * @param lists number of lists of origins
 * @param listOrigins of all lists together
 */
record SegmentLayout(
    List<Table> tables,
    long lists,
    long listOrigins,
    long functions,
    long bodyBytes,
    long postingBytes) {
  /** "EXGENES" and the version of the format. */
  private static final long MAGIC = 0x4558_4745_4E45_5301L;

  static final int TABLES = SegmentSource.TYPES.size() + Feature.values().length;
  static final int HEADER_BYTES = (1 + 2 * TABLES + 5) * Long.BYTES;

  /** Number of genes of a table, and bits of each of their values. */
  record Table(long genes, int valueWidth) {}

  SegmentLayout {
    tables = List.copyOf(tables);
  }

  static int table(GeneType type) {
    return switch (type) {
      case STREAM -> 0;
      case TRIPLE -> 1;
      case STRING -> 2;
      case FRAGMENT, CONSTANT, IMPORT, NEIGHBOR, EXACT ->
          throw new IllegalArgumentException(type + " belongs to functions");
    };
  }

  static int table(Feature feature) {
    return SegmentSource.TYPES.size() + feature.place;
  }

  /** Where the table with this number starts. */
  long tableOffset(int number) {
    long offset = HEADER_BYTES;
    for (Table table : tables.subList(0, number)) {
      offset = Math.addExact(offset, GeneTable.bytes(table.genes, table.valueWidth));
    }
    return offset;
  }

  long listOffset() {
    return tableOffset(TABLES);
  }

  /** Ends of the lists, then their origins. */
  long listOriginOffset() {
    return listOffset() + lists * Integer.BYTES;
  }

  long functionOffset() {
    return listOriginOffset() + listOrigins * Integer.BYTES;
  }

  long bodyOffset() {
    return functionOffset() + functions * FunctionTable.RECORD_BYTES;
  }

  long postingOffset() {
    return bodyOffset() + bodyBytes;
  }

  long fileBytes() {
    return postingOffset() + postingBytes;
  }

  void write(SectionOutput out) throws IOException {
    out.putLong(MAGIC);
    for (Table table : tables) {
      out.putLong(table.genes);
      out.putLong(table.valueWidth);
    }
    out.putLong(lists);
    out.putLong(listOrigins);
    out.putLong(functions);
    out.putLong(bodyBytes);
    out.putLong(postingBytes);
  }

  /**
   * Reads the start of a file.
   *
   * @throws GeneIndexException if the parts do not make up the file
   */
  static SegmentLayout read(MemorySegment file) {
    if (file.byteSize() < HEADER_BYTES || file.get(Packed.LONG, 0) != MAGIC) {
      throw new GeneIndexException(Problem.DAMAGED, "not a gene segment of this version");
    }
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      tables.add(
          new Table(
              number(file, 1 + 2 * i, Integer.MAX_VALUE),
              (int) number(file, 2 + 2 * i, Packed.MAX_WIDTH)));
    }
    int rest = 1 + 2 * TABLES;
    SegmentLayout layout =
        new SegmentLayout(
            tables,
            number(file, rest, Integer.MAX_VALUE),
            number(file, rest + 1, Integer.MAX_VALUE),
            number(file, rest + 2, Integer.MAX_VALUE),
            number(file, rest + 3, Long.MAX_VALUE >>> 8),
            number(file, rest + 4, Long.MAX_VALUE >>> 8));
    if (layout.fileBytes() != file.byteSize()) {
      throw new GeneIndexException(
          Problem.DAMAGED,
          "damaged segment: has " + file.byteSize() + " bytes, not " + layout.fileBytes());
    }
    return layout;
  }

  private static long number(MemorySegment file, int place, long max) {
    long number = file.get(Packed.LONG, (long) place * Long.BYTES);
    if (number < 0 || number > max) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: count " + place + " is " + number);
    }
    return number;
  }
}
