package io.exonward.common.elf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Little-endian numbers in a file. Whatever lies outside of the file reads as zero, so that a wrong
 * offset ends in a wrong value and never in an exception.
 */
final class FileBytes {
  private static final int MAX_NAME_BYTES = 512;
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final byte[] bytes;

  FileBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return bytes.length;
  }

  /** Whether {@code count} bytes from {@code offset} on are in the file; any numbers will do. */
  boolean has(long offset, long count) {
    return offset >= 0 && count >= 0 && offset <= bytes.length && count <= bytes.length - offset;
  }

  int u8(long offset) {
    return has(offset, 1) ? bytes[(int) offset] & 0xff : 0;
  }

  int u16(long offset) {
    return has(offset, 2) ? (short) SHORTS.get(bytes, (int) offset) & 0xffff : 0;
  }

  int i32(long offset) {
    return has(offset, 4) ? (int) INTS.get(bytes, (int) offset) : 0;
  }

  long u32(long offset) {
    return Integer.toUnsignedLong(i32(offset));
  }

  long i64(long offset) {
    return has(offset, 8) ? (long) LONGS.get(bytes, (int) offset) : 0;
  }

  /** Where the text at {@code offset} ends: at a zero, the end of the file, or cut at a limit. */
  int endOfName(int offset) {
    int limit = (int) Math.min(bytes.length, (long) offset + MAX_NAME_BYTES);
    int end = offset;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return end;
  }

  /** Text up to a zero, control characters replaced. */
  String name(int offset) {
    String raw = new String(bytes, offset, endOfName(offset) - offset, StandardCharsets.UTF_8);
    return raw.chars().anyMatch(Character::isISOControl) ? raw.replaceAll("\\p{Cntrl}", "?") : raw;
  }

  boolean nameEquals(long offset, String expected) {
    if (!has(offset, expected.length() + 1L)) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (bytes[(int) offset + i] != expected.charAt(i)) {
        return false;
      }
    }
    return bytes[(int) offset + expected.length()] == 0;
  }
}
