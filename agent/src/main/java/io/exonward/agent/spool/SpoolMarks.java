package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What the spool remembers beside its segments, one line with a checksum in a file of its own:
 *
 * @param acknowledged the server has everything up to here
 * @param durable this was on disk when the line was written
 * @param aliveAt when the line was written
 * @param isClean written when the spool was closed on purpose
 */
record SpoolMarks(UUID epoch, long acknowledged, long durable, Instant aliveAt, boolean isClean) {
  private static final String FILE = "marks";

  /** The marks in {@code directory}; empty if there are none or they are damaged. */
  static Optional<SpoolMarks> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file) || Files.size(file) > 1024) {
      return Optional.empty();
    }
    String[] parts =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip().split(" ");
    if (parts.length != 6) {
      return Optional.empty();
    }
    try {
      SpoolMarks marks =
          new SpoolMarks(
              UUID.fromString(parts[0]),
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              Instant.parse(parts[3]),
              "clean".equals(parts[4]));
      return marks.encode().equals(String.join(" ", parts)) ? Optional.of(marks) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /**
   * Replaces the marks; a power failure may bring older ones back, which costs repeated sending.
   */
  void writeSoon(Path directory) throws IOException {
    DurableFile.writeSoon(directory.resolve(FILE), encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the marks for good. */
  void write(Path directory) throws IOException {
    DurableFile.write(directory.resolve(FILE), encode().getBytes(StandardCharsets.UTF_8));
  }

  private String encode() {
    String text =
        "%s %d %d %s %s"
            .formatted(epoch, acknowledged, durable, aliveAt, isClean ? "clean" : "running");
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%s %08x".formatted(text, crc.getValue());
  }
}
