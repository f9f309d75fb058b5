package io.exonward.common.elf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Section headers: of use to whoever looks at a file, of none to the loader. */
final class SectionTable {
  static final int SYMBOLS = 2;
  static final int DYNAMIC_SYMBOLS = 11;

  private static final int ENTRY_BYTES = 64;
  private static final int MAX_ENTRIES = 65_536;
  private static final int NO_BITS = 8;
  private static final int ALLOCATED = 2;
  private static final int EXECUTABLE = 4;
  private static final int ALIGNMENT = 64;
  private static final int FIRST_ADDRESS = 0x1000;

  /** Where relocatable sections are put, by number; 0 if they are not. */
  private final long[] placed;

  private final List<Section> sections;
  private final int names;

  /**
   * A section.
   *
   * @param offset of its first byte in the file
   * @param size bytes that the file has of it
   */
  record Section(int name, int type, long flags, long address, int offset, int size, int link) {}

  private SectionTable(List<Section> sections, int names) {
    this.sections = sections;
    this.names = names;
    this.placed = new long[sections.size()];
  }

  static SectionTable read(FileBytes bytes) {
    List<Section> sections = new ArrayList<>();
    long table = bytes.i64(40);
    int count = bytes.u16(58) == ENTRY_BYTES ? Math.min(bytes.u16(60), MAX_ENTRIES) : 0;
    for (int i = 0; i < count && bytes.has(table, ENTRY_BYTES); i++, table += ENTRY_BYTES) {
      sections.add(section(bytes, table));
    }
    int namesNumber = bytes.u16(62);
    return new SectionTable(
        sections, namesNumber < sections.size() ? sections.get(namesNumber).offset() : -1);
  }

  private static Section section(FileBytes bytes, long at) {
    long offset = bytes.i64(at + 24);
    boolean isInside = offset >= 0 && offset < bytes.size();
    int type = bytes.i32(at + 4);
    long size =
        isInside && type != NO_BITS ? Math.clamp(bytes.i64(at + 32), 0, bytes.size() - offset) : 0;
    return new Section(
        bytes.i32(at),
        type,
        bytes.i64(at + 8),
        bytes.i64(at + 16),
        isInside ? (int) offset : 0,
        (int) size,
        bytes.i32(at + 40));
  }

  List<Section> all() {
    return sections;
  }

  @Nullable Section at(int number) {
    return number >= 0 && number < sections.size() ? sections.get(number) : null;
  }

  /** The first with this name; null if none has it. */
  @Nullable Section named(FileBytes bytes, String name) {
    if (names < 0) {
      return null;
    }
    for (Section section : sections) {
      if (bytes.nameEquals(names + Integer.toUnsignedLong(section.name()), name)) {
        return section;
      }
    }
    return null;
  }

  /** Address that a section was put at; 0 if it was not. */
  long placed(int number) {
    return number >= 0 && number < placed.length ? placed[number] : 0;
  }

  /** Puts the sections of a relocatable object one after the other. */
  Layout layOut(FileBytes bytes) {
    List<Segment> segments = new ArrayList<>();
    long address = FIRST_ADDRESS;
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      if ((section.flags() & ALLOCATED) != 0 && section.size() > 0) {
        boolean isExecutable = (section.flags() & EXECUTABLE) != 0;
        segments.add(new Segment(address, section.offset(), section.size(), isExecutable));
        placed[i] = address;
        address = (address + section.size() + ALIGNMENT) & -ALIGNMENT;
      }
    }
    return new Layout(Layout.withoutOverlaps(segments), FIRST_ADDRESS, address, null, null);
  }
}
