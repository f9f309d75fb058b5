package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files that are replaced whole: after a crash there is the old content or the new, never a
 * mixture. Readable by the owner alone. Stateless; two writers of one file must not run at once.
 */
final class DurableFile {
  private DurableFile() {}

  /** Replaces {@code file} and returns when that has reached the disk. */
  static void write(Path file, byte[] content) throws IOException {
    replace(file, content, true);
    syncDirectory(directoryOf(file));
  }

  /** Replaces {@code file}; after a power failure the old content, or none, may come back. */
  static void writeSoon(Path file, byte[] content) throws IOException {
    replace(file, content, false);
  }

  /** Returns when names that were made or removed in {@code directory} have reached the disk. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void replace(Path file, byte[] content, boolean isSynced) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (isSynced) {
        channel.force(true);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no directory holds " + file);
    }
    return parent;
  }
}
