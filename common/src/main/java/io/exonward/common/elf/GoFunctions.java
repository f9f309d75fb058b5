package io.exonward.common.elf;

import io.exonward.common.elf.SectionTable.Section;

/**
 * Functions by the table that Go programs carry for their own stack traces (.gopclntab), which
 * stripping leaves in place. Formats of Go 1.2, 1.16, 1.18 and 1.20, see debug/gosym of Go.
 */
final class GoFunctions {
  private static final int GO_1_2 = 0xfffffffb;
  private static final int GO_1_16 = 0xfffffffa;
  private static final int GO_1_18 = 0xfffffff0;
  private static final int GO_1_20 = 0xfffffff1;

  private final FileBytes bytes;
  private final long table;
  private final FunctionList functions;

  private GoFunctions(FileBytes bytes, long table, FunctionList functions) {
    this.bytes = bytes;
    this.table = table;
    this.functions = functions;
  }

  static void read(FileBytes bytes, SectionTable sections, FunctionList functions) {
    Section section = sections.named(bytes, ".gopclntab");
    if (section == null) {
      section = sections.named(bytes, ".data.rel.ro.gopclntab"); // position-independent programs
    }
    Section text = sections.named(bytes, ".text");
    if (section == null || text == null || bytes.u8(section.offset() + 7L) != Long.BYTES) {
      return;
    }
    GoFunctions reader = new GoFunctions(bytes, section.offset(), functions);
    switch (bytes.i32(section.offset())) {
      case GO_1_2 -> reader.readAddresses(reader.table + 16, 0, reader.table);
      case GO_1_16 -> {
        long functionTable = reader.at(56);
        reader.readAddresses(functionTable, functionTable - reader.table, reader.at(24));
      }
      case GO_1_18, GO_1_20 -> {
        long start = bytes.i64(section.offset() + 24L);
        reader.readOffsets(start == 0 ? text.address() : start);
      }
      default -> {}
    }
  }

  /** The place that a field of the header points to, from the start of the table. */
  private long at(int field) {
    return table + bytes.i64(table + field);
  }

  /** Entries of two words: address, place of the function's record. */
  private void readAddresses(long entries, long recordBase, long names) {
    long count = count(16);
    for (long i = 0; i < count; i++) {
      long at = entries + i * 16;
      long address = bytes.i64(at);
      long record = table + recordBase + bytes.i64(at + 8);
      add(address, bytes.i64(at + 16) - address, names + bytes.u32(record + 8));
    }
  }

  /** Entries of two half words, from the start of the text and of the table of functions. */
  private void readOffsets(long text) {
    long names = at(32);
    long entries = at(64);
    long count = count(8);
    for (long i = 0; i < count; i++) {
      long at = entries + i * 8;
      long offset = bytes.u32(at);
      long record = entries + bytes.u32(at + 4);
      add(text + offset, bytes.u32(at + 8) - offset, names + bytes.u32(record + 4));
    }
  }

  private long count(int entryBytes) {
    return Math.clamp(bytes.i64(table + 8), 0L, bytes.size() / entryBytes);
  }

  private void add(long address, long size, long name) {
    boolean isNamed = name > 0 && name < bytes.size() && bytes.u8(name) != 0;
    functions.add(address, size, isNamed ? (int) name : FunctionRange.NO_NAME);
  }
}
