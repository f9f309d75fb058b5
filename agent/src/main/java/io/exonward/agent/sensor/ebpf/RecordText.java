package io.exonward.agent.sensor.ebpf;

import io.exonward.common.file.CodeOrigin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strings after an exec record, each closed by a zero byte. Bytes that are not UTF-8 become
 * U+FFFD.
 */
final class RecordText {
  private final byte[] bytes;
  private final int argumentStart;
  private final int pathStart;
  private final int directoryStart;

  private RecordText(byte[] bytes, int argumentStart, int pathStart, int directoryStart) {
    this.bytes = bytes;
    this.argumentStart = argumentStart;
    this.pathStart = pathStart;
    this.directoryStart = directoryStart;
  }

  static RecordText of(ByteBuffer memory, int offset, int length) {
    int argumentStart = memory.getInt(offset + RecordLayout.FILE_NAME_BYTES);
    int pathStart = argumentStart + memory.getInt(offset + RecordLayout.ARGUMENT_BYTES);
    int directoryStart = pathStart + memory.getInt(offset + RecordLayout.PATH_BYTES);
    int end = directoryStart + memory.getInt(offset + RecordLayout.DIRECTORY_BYTES);
    boolean isOrdered =
        0 <= argumentStart
            && argumentStart <= pathStart
            && pathStart <= directoryStart
            && directoryStart <= end;
    if (!isOrdered || end > length - RecordLayout.EXEC_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "an exec record of " + length + " bytes claims " + end + " bytes of text");
    }
    byte[] bytes = new byte[end];
    memory.get(offset + RecordLayout.EXEC_RECORD_BYTES, bytes);
    return new RecordText(bytes, argumentStart, pathStart, directoryStart);
  }

  /** As passed to execve; null if it could not be read. */
  @Nullable String fileName() {
    return argumentStart == 0 ? null : text(0, argumentStart - 1);
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (int start = argumentStart; start < pathStart; ) {
      int end = start;
      while (end < pathStart && bytes[end] != 0) {
        end++;
      }
      arguments.add(text(start, end));
      start = end + 1;
    }
    return arguments;
  }

  /** Absolute, but {@code memfd:NAME} for what lies in no directory. */
  String path(CodeOrigin origin) {
    return origin == CodeOrigin.MEMFD
        ? text(pathStart, directoryStart - 1)
        : join(pathStart, directoryStart);
  }

  String directory() {
    return join(directoryStart, bytes.length);
  }

  /** Joins components that stand from the leaf to the root. */
  private String join(int start, int end) {
    byte[] joined = new byte[end - start];
    int to = joined.length;
    for (int from = start; from < end; ) {
      int stop = from;
      while (stop < end && bytes[stop] != 0) {
        stop++;
      }
      to -= stop - from;
      System.arraycopy(bytes, from, joined, Math.max(to, 0), stop - from);
      to--;
      if (to >= 0) {
        joined[to] = '/';
      }
      from = stop + 1;
    }
    return joined.length == 0 ? "/" : new String(joined, StandardCharsets.UTF_8);
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
