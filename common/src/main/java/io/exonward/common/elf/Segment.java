package io.exonward.common.elf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that is mapped into memory.
 *
 * @param address of its first byte
 * @param offset of its first byte in the file
 * @param size bytes that the file has of it, at least 1; what the loader adds as zeros is not here
 */
public record Segment(long address, int offset, int size, boolean isExecutable) {
  /** Whether the byte at {@code where} is here. */
  public boolean contains(long where) {
    return Long.compareUnsigned(where - address, size) < 0;
  }

  /** Where in the file the byte is that is mapped at {@code where}; only if contained. */
  public int offsetOf(long where) {
    return offset + (int) (where - address);
  }

  /** The address after the last byte. */
  public long end() {
    return address + size;
  }

  /** The one of some, sorted by address and without overlaps, that has a byte; null if none has. */
  static @Nullable Segment containing(List<Segment> sorted, long address) {
    int low = 0;
    int high = sorted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Segment segment = sorted.get(middle);
      if (segment.contains(address)) {
        return segment;
      }
      if (segment.address() < address) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Where in the file the byte is that some map at an address; -1 if none does. */
  static int offsetOf(List<Segment> sorted, long address) {
    Segment segment = containing(sorted, address);
    return segment == null ? -1 : segment.offsetOf(address);
  }
}
