package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What the spool remembers beside its segments, one line with a checksum in a file of its own:
 *
 * @param acknowledged the server has everything up to here
 * @param durable this was on disk when the line was written
 * @param aliveAt everything that was appended before was on disk when the line was written
 * @param isClean written when the spool was closed on purpose
 */
record SpoolMarks(UUID epoch, long acknowledged, long durable, Instant aliveAt, boolean isClean) {
  private static final String FILE = "marks";

  /** Epoch 36, two sequences 19 each, instant 30, state 7, checksum 8, blanks between them. */
  private static final int LINE_BYTES = 128;

  /** The marks in {@code directory}; empty if there are none or they are damaged. */
  static Optional<SpoolMarks> read(Path directory) throws IOException {
    Path file = file(directory);
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
      return marks.text().equals(String.join(" ", parts)) ? Optional.of(marks) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  /** As they stand in the file: always {@value #LINE_BYTES} bytes. */
  byte[] encode() {
    byte[] line = new byte[LINE_BYTES];
    Arrays.fill(line, (byte) ' ');
    line[LINE_BYTES - 1] = '\n';
    byte[] text = text().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, line, 0, text.length);
    return line;
  }

  private String text() {
    String text =
        epoch
            + " "
            + acknowledged
            + " "
            + durable
            + " "
            + aliveAt
            + (isClean ? " clean" : " running");
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + " " + HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
