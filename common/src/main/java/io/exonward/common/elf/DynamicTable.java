package io.exonward.common.elf;

import java.util.Arrays;

/**
 * What the loader is told: where symbols, names and relocations are. All are addresses; 0 if
 * absent.
 */
record DynamicTable(
    long symbols, long names, long calls, long callBytes, long others, long otherBytes) {
  private static final DynamicTable NONE = new DynamicTable(0, 0, 0, 0, 0, 0);
  private static final int ENTRY_BYTES = 16;
  private static final int RELOCATION_BYTES = 24;
  private static final int MAX_IMPORTS = 200_000;

  private static final int STRTAB = 5;
  private static final int SYMTAB = 6;
  private static final int RELA = 7;
  private static final int RELASZ = 8;
  private static final int PLTRELSZ = 2;
  private static final int JMPREL = 23;

  static DynamicTable read(FileBytes bytes, Layout layout) {
    Segment table = layout.dynamic();
    if (table == null) {
      return NONE;
    }
    long[] values = new long[JMPREL + 1];
    long end = (long) table.offset() + table.size();
    for (long at = table.offset(); at + ENTRY_BYTES <= end; at += ENTRY_BYTES) {
      long tag = bytes.i64(at);
      if (tag == 0) {
        break;
      }
      if (tag > 0 && tag < values.length) {
        values[(int) tag] = bytes.i64(at + 8);
      }
    }
    return new DynamicTable(
        values[SYMTAB],
        values[STRTAB],
        values[JMPREL],
        values[PLTRELSZ],
        values[RELA],
        values[RELASZ]);
  }

  Imports imports(FileBytes bytes, Architecture architecture, Layout layout) {
    Collector found = new Collector(bytes, architecture, layout);
    found.read(calls, callBytes);
    found.read(others, otherBytes);
    return new Imports(found.slots, found.nameOffsets, found.count);
  }

  /** Slots that the loader writes the address of an undefined symbol to. */
  private final class Collector {
    private final FileBytes bytes;
    private final Architecture architecture;
    private final int symbolTable;
    private final int nameTable;
    private final Layout layout;
    private long[] slots = new long[64];
    private int[] nameOffsets = new int[64];
    private int count;

    Collector(FileBytes bytes, Architecture architecture, Layout layout) {
      this.bytes = bytes;
      this.architecture = architecture;
      this.layout = layout;
      this.symbolTable = layout.offsetOf(symbols);
      this.nameTable = layout.offsetOf(names);
    }

    void read(long address, long size) {
      int table = address == 0 ? -1 : layout.offsetOf(address);
      if (table < 0 || symbolTable < 0 || nameTable < 0) {
        return;
      }
      long end = table + Math.clamp(size, 0, bytes.size() - (long) table);
      for (long at = table; at + RELOCATION_BYTES <= end; at += RELOCATION_BYTES) {
        long info = bytes.i64(at + 8);
        if (isFunctionSlot((int) info)) {
          add(bytes.i64(at), symbolTable + (info >>> Integer.SIZE) * SymbolTables.ENTRY_BYTES);
        }
      }
    }

    private boolean isFunctionSlot(int type) {
      return switch (architecture) {
        case X86_64 -> type == 6 || type == 7; // GLOB_DAT, JUMP_SLOT
        case AARCH64 -> type == 1025 || type == 1026;
      };
    }

    private void add(long slot, long symbol) {
      boolean isUndefined =
          bytes.has(symbol, SymbolTables.ENTRY_BYTES) && bytes.u16(symbol + 6) == 0;
      long name = nameTable + bytes.u32(symbol);
      if (!isUndefined || name >= bytes.size() || bytes.u8(name) == 0 || count == MAX_IMPORTS) {
        return;
      }
      if (count == slots.length) {
        slots = Arrays.copyOf(slots, 2 * count);
        nameOffsets = Arrays.copyOf(nameOffsets, 2 * count);
      }
      slots[count] = slot;
      nameOffsets[count++] = (int) name;
    }
  }
}
