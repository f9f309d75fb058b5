package io.exonward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text files that grow. A line is read when it is complete. */
final class FileReports implements Reports {
  private static final int AT_ONCE = 1 << 20;

  private final Map<Path, Long> positions = new HashMap<>();
  private final List<Path> files;

  FileReports(List<Path> files) {
    this.files = files;
  }

  @Override
  public void readInto(Marks marks) {
    for (Path file : files) {
      if (Files.exists(file)) {
        positions.put(file, readInto(marks, file, positions.getOrDefault(file, 0L)));
      }
    }
  }

  private static long readInto(Marks marks, Path file, long from) {
    long position = from;
    ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer.clear(), position) > 0) {
        int end = buffer.position();
        while (end > 0 && buffer.get(end - 1) != '\n') {
          end--;
        }
        if (end == 0) {
          break;
        }
        marks.add(new String(buffer.array(), 0, end, StandardCharsets.ISO_8859_1));
        position += end;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return position;
  }
}
