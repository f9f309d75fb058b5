package io.exonward.agent.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * Lines of text in two files, the older of which goes when the newer is full. A line that a crash
 * left without its end is ended, so that the next does not become part of it. The time of the file
 * says when its writer last lived. Readable by the owner alone. Owned by one thread.
 */
final class LedgerFile implements AutoCloseable {
  static final String NEWER = "coverage.jsonl";
  static final String OLDER = "coverage.1.jsonl";
  private static final int MAX_BYTES = 1 << 20;

  private final Path folder;
  private final Instant lastAlive;
  private FileChannel channel;

  private LedgerFile(Path folder, Instant lastAlive) throws IOException {
    this.folder = folder;
    this.lastAlive = lastAlive;
    channel = openNewer(folder);
  }

  static LedgerFile open(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path newer = folder.resolve(NEWER);
    Instant alive =
        Files.exists(newer) ? Files.getLastModifiedTime(newer).toInstant() : Instant.EPOCH;
    LedgerFile file = new LedgerFile(folder, alive);
    try {
      file.endTornLine(newer);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static FileChannel openNewer(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(NEWER),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private void endTornLine(Path newer) throws IOException {
    long size = channel.size();
    if (size > 0) {
      ByteBuffer last = ByteBuffer.allocate(1);
      try (FileChannel reader = FileChannel.open(newer, StandardOpenOption.READ)) {
        reader.read(last, size - 1);
      }
      if (last.get(0) != '\n') {
        append("\n", false);
      }
    }
  }

  /** When the writer before this one last lived; the epoch if there was none. */
  Instant lastAlive() {
    return lastAlive;
  }

  /** Starts a new file with {@code first} if {@code line} has no room in this one. */
  void rotateIfFull(String line, String first) throws IOException {
    if (channel.size() + line.length() * 3L <= MAX_BYTES) {
      return;
    }
    channel.close();
    Files.move(
        folder.resolve(NEWER),
        folder.resolve(OLDER),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    channel = openNewer(folder);
    append(first, true);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  void append(String line, boolean isSynced) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    if (isSynced) {
      channel.force(false);
    }
  }

  /** Best effort: without it a crash only seems to have been earlier. */
  void markAlive(Instant now) {
    try {
      Files.setLastModifiedTime(folder.resolve(NEWER), FileTime.from(now));
    } catch (IOException _) {
      // The next line that is written says the same.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // What was to be on the disk has been forced there.
    }
  }
}
