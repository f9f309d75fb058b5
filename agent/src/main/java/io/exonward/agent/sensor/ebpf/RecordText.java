package io.exonward.agent.sensor.ebpf;

import io.exonward.common.file.CodeOrigin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exec record without its head, the one that was loaded last: what describes file and user, and
 * the strings behind, each closed by a zero byte. Bytes that are not UTF-8 become U+FFFD. For one
 * thread.
 */
final class RecordText {
  /** What lies between the head and the lengths of the strings. */
  private static final int FIXED_BYTES = RecordLayout.FILE_NAME_BYTES - RecordLayout.FILE;

  private static final int TEXT_START = RecordLayout.EXEC_RECORD_BYTES - RecordLayout.FILE;

  private final KnownTexts plain = new KnownTexts(RecordText::decode);
  private final KnownTexts joined = new KnownTexts(RecordText::join);
  private byte[] bytes = new byte[2048];
  private int argumentStart;
  private int pathStart;
  private int directoryStart;
  private int end;

  /**
   * Takes the record at {@code offset}.
   *
   * @throws IllegalArgumentException if its lengths do not fit each other
   */
  void load(ByteBuffer memory, int offset, int length) {
    argumentStart = TEXT_START + memory.getInt(offset + RecordLayout.FILE_NAME_BYTES);
    pathStart = argumentStart + memory.getInt(offset + RecordLayout.ARGUMENT_BYTES);
    directoryStart = pathStart + memory.getInt(offset + RecordLayout.PATH_BYTES);
    end = directoryStart + memory.getInt(offset + RecordLayout.DIRECTORY_BYTES);
    boolean isOrdered =
        TEXT_START <= argumentStart
            && argumentStart <= pathStart
            && pathStart <= directoryStart
            && directoryStart <= end;
    if (!isOrdered || end > length - RecordLayout.FILE) {
      throw new IllegalArgumentException(
          "an exec record of " + length + " bytes claims " + length() + " bytes of text");
    }
    if (bytes.length < end) {
      bytes = new byte[Math.max(end, 2 * bytes.length)];
    }
    memory.get(offset + RecordLayout.FILE, bytes, 0, end);
  }

  /** Bytes of all the strings. */
  int length() {
    return end - TEXT_START;
  }

  int argumentBytes() {
    return pathStart - argumentStart;
  }

  /** Parts of a record that are compared as bytes. */
  enum Part {
    /** File, user, cgroup and mount namespace. */
    FIXED,
    FILE_NAME,
    ARGUMENTS,
    PATH
  }

  private int start(Part part) {
    return switch (part) {
      case FIXED -> 0;
      case FILE_NAME -> TEXT_START;
      case ARGUMENTS -> argumentStart;
      case PATH -> pathStart;
    };
  }

  private int end(Part part) {
    return switch (part) {
      case FIXED -> FIXED_BYTES;
      case FILE_NAME -> argumentStart;
      case ARGUMENTS -> pathStart;
      case PATH -> directoryStart;
    };
  }

  byte[] copy(Part part) {
    return Arrays.copyOfRange(bytes, start(part), end(part));
  }

  /** Copies into the beginning of {@code array}, or of a new one if it has no room. */
  byte[] copyInto(byte[] array, Part part) {
    int length = end(part) - start(part);
    byte[] into = array.length < length ? new byte[2 * length] : array;
    System.arraycopy(bytes, start(part), into, 0, length);
    return into;
  }

  boolean is(Part part, byte[] other) {
    return is(part, other, other.length);
  }

  /** Whether a part is the same as the first {@code length} bytes of {@code other}. */
  boolean is(Part part, byte[] other, int length) {
    return Arrays.equals(bytes, start(part), end(part), other, 0, length);
  }

  /** As passed to execve; null if it could not be read. */
  @Nullable String fileName() {
    return argumentStart == TEXT_START ? null : plain.text(bytes, TEXT_START, argumentStart - 1);
  }

  /** Unmodifiable. */
  List<String> arguments() {
    int first = argumentEnd(argumentStart);
    if (argumentStart >= pathStart) {
      return List.of();
    }
    String program = plain.text(bytes, argumentStart, first);
    int second = argumentEnd(first + 1);
    if (first + 1 >= pathStart) {
      return List.of(program);
    }
    if (second + 1 >= pathStart) {
      return List.of(program, decode(bytes, first + 1, second));
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(program);
    for (int start = first + 1; start < pathStart; ) {
      int stop = argumentEnd(start);
      arguments.add(decode(bytes, start, stop));
      start = stop + 1;
    }
    return List.copyOf(arguments);
  }

  private int argumentEnd(int start) {
    int stop = start;
    while (stop < pathStart && bytes[stop] != 0) {
      stop++;
    }
    return stop;
  }

  /** Absolute, but {@code memfd:NAME} for what lies in no directory. */
  String path(CodeOrigin origin) {
    return origin == CodeOrigin.MEMFD
        ? decode(bytes, pathStart, directoryStart - 1)
        : joined.text(bytes, pathStart, directoryStart);
  }

  String directory() {
    return joined.text(bytes, directoryStart, end);
  }

  /** Joins components that stand from the leaf to the root. */
  private static String join(byte[] bytes, int start, int end) {
    byte[] path = new byte[end - start];
    int to = path.length;
    for (int from = start; from < end; ) {
      int stop = from;
      while (stop < end && bytes[stop] != 0) {
        stop++;
      }
      to -= stop - from;
      System.arraycopy(bytes, from, path, Math.max(to, 0), stop - from);
      to--;
      if (to >= 0) {
        path[to] = '/';
      }
      from = stop + 1;
    }
    return path.length == 0 ? "/" : new String(path, StandardCharsets.UTF_8);
  }

  private static String decode(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
