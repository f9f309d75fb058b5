package io.exonward.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one segment from its start, trusting nothing in it. Not thread-safe. */
final class SegmentReader implements Closeable {
  private final FileChannel channel;
  private final Instant createdAt;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(SegmentFormat.RECORD_HEADER_BYTES + SegmentFormat.MAX_PAYLOAD_BYTES)
          .limit(0);
  private long fileOffset;
  private long nextSequence;
  private long validBytes = SegmentFormat.HEADER_BYTES;

  private SegmentReader(FileChannel channel, Instant createdAt, long firstSequence) {
    this.channel = channel;
    this.createdAt = createdAt;
    this.nextSequence = firstSequence;
    this.fileOffset = SegmentFormat.HEADER_BYTES;
  }

  /** Opens a segment; empty if its header is damaged. */
  static Optional<SegmentReader> open(Path file, SegmentFormat.Name name) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      ByteBuffer header = ByteBuffer.allocate(SegmentFormat.HEADER_BYTES);
      while (header.hasRemaining() && channel.read(header, header.position()) > 0) {}
      Optional<Instant> createdAt = SegmentFormat.readHeader(header.array(), name);
      if (createdAt.isPresent()) {
        return Optional.of(
            new SegmentReader(channel, createdAt.orElseThrow(), name.firstSequence()));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The next whole record; null at the end or where the first damage is. */
  @Nullable SpoolRecord next() throws IOException {
    if (!fill(SegmentFormat.RECORD_HEADER_BYTES)) {
      return null;
    }
    int length = buffer.getInt(buffer.position());
    if (length < 1
        || length > SegmentFormat.MAX_PAYLOAD_BYTES
        || !fill(SegmentFormat.RECORD_HEADER_BYTES + length)) {
      return null;
    }
    buffer.getInt();
    int checksum = buffer.getInt();
    Optional<Priority> priority = Priority.ofCode(buffer.get());
    byte[] payload = new byte[length];
    buffer.get(payload);
    if (priority.isEmpty()
        || SegmentFormat.checksum(nextSequence, priority.orElseThrow(), payload) != checksum) {
      return null;
    }
    validBytes += SegmentFormat.RECORD_HEADER_BYTES + length;
    return new SpoolRecord(nextSequence++, priority.orElseThrow(), payload);
  }

  /** Sequence of the record that {@link #next} would return. */
  long nextSequence() {
    return nextSequence;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Bytes that hold the header and the records read so far. */
  long validBytes() {
    return validBytes;
  }

  private boolean fill(int wanted) throws IOException {
    if (buffer.remaining() >= wanted) {
      return true;
    }
    buffer.compact();
    try {
      while (buffer.position() < wanted) {
        int read = channel.read(buffer, fileOffset);
        if (read <= 0) {
          return false;
        }
        fileOffset += read;
      }
      return true;
    } finally {
      buffer.flip();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
