package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A segment that is being written; owned by one thread. */
interface SegmentFile extends AutoCloseable {
  int PIECE_BYTES = 64 << 10;

  /** Makes segments; a test's ones fail on purpose. */
  @FunctionalInterface
  interface Factory {
    /** Creates a file that did not exist. */
    SegmentFile create(Path file) throws IOException;
  }

  /** Appends all of {@code bytes}. */
  void write(ByteBuffer bytes) throws IOException;

  /** Returns when everything written has reached the disk. */
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /** The real one, readable by the owner alone. */
  static SegmentFile create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new SegmentFile() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        // The JDK keeps a native copy of the largest piece that was ever written at once.
        int end = bytes.limit();
        while (bytes.position() < end) {
          bytes.limit(Math.min(end, bytes.position() + PIECE_BYTES));
          channel.write(bytes);
        }
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
