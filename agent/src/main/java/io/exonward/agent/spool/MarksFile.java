package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of the marks while the spool is open. One write of less than a sector replaces them
 * where they stand: neither a kill nor a power failure leaves half of it, and the checksum would
 * tell. Owned by the spool's writer.
 */
final class MarksFile implements AutoCloseable {
  private final FileChannel channel;

  private MarksFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins with {@code marks}, which have reached the disk on return. */
  static MarksFile create(Path directory, SpoolMarks marks) throws IOException {
    Path file = SpoolMarks.file(directory);
    DurableFile.write(file, marks.encode());
    return new MarksFile(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /**
   * Replaces the marks; a power failure may bring older ones back, which costs repeated sending.
   */
  void writeSoon(SpoolMarks marks) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(marks.encode());
    while (line.hasRemaining()) {
      channel.write(line, line.position());
    }
  }

  /** Replaces the marks for good. */
  void write(SpoolMarks marks) throws IOException {
    writeSoon(marks);
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
