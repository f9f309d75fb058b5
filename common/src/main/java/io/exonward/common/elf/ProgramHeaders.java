package io.exonward.common.elf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the loader goes by. */
final class ProgramHeaders {
  private static final int ENTRY_BYTES = 56;
  private static final int MAX_ENTRIES = 1024;
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final int FRAME_INDEX = 0x6474e550;
  private static final int EXECUTABLE = 1;

  private ProgramHeaders() {}

  static Layout read(FileBytes bytes) {
    List<Segment> segments = new ArrayList<>();
    Segment dynamic = null;
    Segment frameIndex = null;
    long lowest = Long.MAX_VALUE;
    long end = 0;
    long table = bytes.i64(32);
    int count = bytes.u16(54) == ENTRY_BYTES ? Math.min(bytes.u16(56), MAX_ENTRIES) : 0;
    for (int i = 0; i < count && bytes.has(table, ENTRY_BYTES); i++, table += ENTRY_BYTES) {
      Segment segment = segment(bytes, table);
      switch (bytes.i32(table)) {
        case LOAD -> {
          long address = bytes.i64(table + 16);
          long memoryEnd = address + bytes.i64(table + 40);
          if (address >= 0 && memoryEnd > address) {
            lowest = Math.min(lowest, address);
            end = Math.max(end, memoryEnd);
          }
          if (segment != null) {
            segments.add(segment);
          }
        }
        case DYNAMIC -> dynamic = segment;
        case FRAME_INDEX -> frameIndex = segment;
        default -> {}
      }
    }
    return new Layout(
        Layout.withoutOverlaps(segments), Math.min(lowest, end), end, dynamic, frameIndex);
  }

  /** What the file has of it; null if nothing. */
  private static @Nullable Segment segment(FileBytes bytes, long at) {
    long offset = bytes.i64(at + 8);
    long address = bytes.i64(at + 16);
    long size = Math.min(bytes.i64(at + 32), bytes.size() - offset);
    if (offset < 0 || size <= 0 || offset >= bytes.size() || address + size < address) {
      return null;
    }
    boolean isExecutable = (bytes.i32(at + 4) & EXECUTABLE) != 0;
    return new Segment(address, (int) offset, (int) size, isExecutable);
  }
}
