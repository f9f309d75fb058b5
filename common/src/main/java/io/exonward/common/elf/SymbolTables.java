package io.exonward.common.elf;

import io.exonward.common.elf.SectionTable.Section;

/** Functions by symbols. */
final class SymbolTables {
  static final int ENTRY_BYTES = 24;

  private static final int FUNCTION = 2;
  private static final int INDIRECT_FUNCTION = 10;

  private SymbolTables() {}

  static void read(
      FileBytes bytes,
      SectionTable sections,
      Layout layout,
      DynamicTable dynamic,
      FunctionList functions) {
    boolean isFound = false;
    for (Section section : sections.all()) {
      boolean isTable =
          section.type() == SectionTable.SYMBOLS || section.type() == SectionTable.DYNAMIC_SYMBOLS;
      Section names = isTable ? sections.at(section.link()) : null;
      if (names != null) {
        isFound = true;
        int count = section.size() / ENTRY_BYTES;
        read(bytes, sections, section.offset(), count, names.offset(), functions);
      }
    }
    if (!isFound) {
      int symbols = layout.offsetOf(dynamic.symbols());
      int names = layout.offsetOf(dynamic.names());
      // linkers put the names right behind the symbols; nothing else says how many there are
      if (symbols >= 0 && names > symbols) {
        read(bytes, sections, symbols, (names - symbols) / ENTRY_BYTES, names, functions);
      }
    }
  }

  private static void read(
      FileBytes bytes,
      SectionTable sections,
      int table,
      int count,
      int names,
      FunctionList functions) {
    long at = table;
    for (int i = 0; i < count && bytes.has(at, ENTRY_BYTES); i++, at += ENTRY_BYTES) {
      int type = bytes.u8(at + 4) & 15;
      int section = bytes.u16(at + 6);
      if ((type == FUNCTION || type == INDIRECT_FUNCTION) && section != 0) {
        long name = names + bytes.u32(at);
        functions.add(
            sections.placed(section) + bytes.i64(at + 8),
            bytes.i64(at + 16),
            name < bytes.size() && bytes.u8(name) != 0 ? (int) name : FunctionRange.NO_NAME);
      }
    }
  }
}
