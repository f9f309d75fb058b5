package io.exonward.common.elf;

import io.exonward.common.elf.SectionTable.Section;
import java.util.HashMap;
import java.util.Map;

/** Functions by unwind information (.eh_frame), found through its index or its section. */
final class FrameTable {
  // How addresses are encoded, LSB 10.5.1
  private static final int FORMAT = 0x0f;
  private static final int APPLICATION = 0x70;
  private static final int PC_RELATIVE = 0x10;
  private static final int INDIRECT = 0x80;
  private static final int MAX_AUGMENTATION = 16;

  private final FileBytes bytes;
  private final FunctionList functions;
  private final Map<Long, Integer> encodings = new HashMap<>();

  /** What is added to an offset in the file to get an address. */
  private final long toAddress;

  private FrameTable(FileBytes bytes, long toAddress, FunctionList functions) {
    this.bytes = bytes;
    this.toAddress = toAddress;
    this.functions = functions;
  }

  static void read(FileBytes bytes, Layout layout, SectionTable sections, FunctionList functions) {
    Segment index = layout.frameIndex();
    int start = index == null ? -1 : throughIndex(bytes, index, layout);
    if (start >= 0) {
      Segment segment = Segment.containing(layout.segments(), addressOf(layout, start));
      if (segment != null) {
        long toAddress = segment.address() - segment.offset();
        new FrameTable(bytes, toAddress, functions).read(start, segment.offset() + segment.size());
        return;
      }
    }
    Section section = sections.named(bytes, ".eh_frame");
    if (section != null && section.address() != 0) {
      new FrameTable(bytes, section.address() - section.offset(), functions)
          .read(section.offset(), section.offset() + section.size());
    }
  }

  /** Offset of the table that the index (.eh_frame_hdr) points to; -1 if it is not understood. */
  private static int throughIndex(FileBytes bytes, Segment index, Layout layout) {
    boolean isUsual = bytes.u8(index.offset()) == 1 && bytes.u8(index.offset() + 1L) == 0x1b;
    return isUsual ? layout.offsetOf(index.address() + 4 + bytes.i32(index.offset() + 4L)) : -1;
  }

  private static long addressOf(Layout layout, int offset) {
    for (Segment segment : layout.segments()) {
      if (offset >= segment.offset() && offset < segment.offset() + segment.size()) {
        return segment.address() + (offset - segment.offset());
      }
    }
    return -1;
  }

  private void read(int from, int end) {
    long at = from;
    while (at + 8 <= end) {
      long length = bytes.u32(at);
      long content = at + 4;
      if (length == 0xffffffffL) {
        length = bytes.i64(at + 4);
        content = at + 12;
      }
      if (length < 4 || length > end - content) {
        return;
      }
      long pointer = bytes.u32(content);
      if (pointer != 0) {
        readFunction(content + 4, content + length, encoding(content - pointer));
      }
      at = content + length;
    }
  }

  private void readFunction(long at, long end, int encoding) {
    int size = size(encoding & FORMAT);
    boolean isPlain = (encoding & APPLICATION) == 0 || (encoding & APPLICATION) == PC_RELATIVE;
    if (size == 0 || (encoding & INDIRECT) != 0 || !isPlain || at + 2L * size > end) {
      return;
    }
    long address = number(at, encoding & FORMAT);
    if ((encoding & APPLICATION) == PC_RELATIVE) {
      address += at + toAddress;
    }
    long range = number(at + size, encoding & FORMAT & 7); // ranges have no sign
    functions.add(address, range, FunctionRange.NO_NAME);
  }

  private static int size(int format) {
    return switch (format) {
      case 0x00, 0x04, 0x0c -> 8;
      case 0x02, 0x0a -> 2;
      case 0x03, 0x0b -> 4;
      default -> 0;
    };
  }

  private long number(long at, int format) {
    return switch (format) {
      case 0x02 -> bytes.u16(at);
      case 0x0a -> (short) bytes.u16(at);
      case 0x03 -> bytes.u32(at);
      case 0x0b -> bytes.i32(at);
      default -> bytes.i64(at);
    };
  }

  /** How the functions of common information (CIE) write their addresses; indirect: not known. */
  private int encoding(long at) {
    return encodings.computeIfAbsent(at, this::readEncoding);
  }

  private int readEncoding(long pointerField) {
    long at = pointerField; // of the CIE's length
    at += bytes.u32(at) == 0xffffffffL ? 12 : 4;
    if (bytes.i32(at) != 0) {
      return INDIRECT;
    }
    int version = bytes.u8(at + 4);
    long text = at + 5;
    int letters = 0;
    while (letters < MAX_AUGMENTATION && bytes.u8(text + letters) != 0) {
      letters++;
    }
    if (letters == 0) {
      return 0; // no augmentation: plain addresses
    }
    long data = skipNumber(skipNumber(text + letters + 1)); // code and data alignment
    data = version == 1 ? data + 1 : skipNumber(data); // return address register
    return bytes.u8(text) == 'z' ? augmented(text + 1, letters - 1, skipNumber(data)) : INDIRECT;
  }

  private int augmented(long text, int letters, long data) {
    long at = data;
    for (int i = 0; i < letters; i++) {
      switch (bytes.u8(text + i)) {
        case 'R' -> {
          return bytes.u8(at);
        }
        case 'P' -> at += 1 + size(bytes.u8(at) & FORMAT);
        case 'L' -> at++;
        default -> {}
      }
    }
    return 0;
  }

  /** After a number of seven bits to the byte. */
  private long skipNumber(long from) {
    long at = from;
    while (bytes.u8(at) >= 0x80 && at < from + 10) {
      at++;
    }
    return at + 1;
  }
}
