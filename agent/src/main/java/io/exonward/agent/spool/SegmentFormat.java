package io.exonward.agent.spool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Layout of a segment, big-endian.
 *
 * <pre>
 * header  magic 8 | epoch 16 | first sequence 8 | created, millis since 1970, 8 | CRC32C 4
 * record  length of payload 4 | CRC32C 4 | priority 1 | payload
 * </pre>
 *
 * A record's checksum also covers its sequence, which is its place: first sequence plus index.
 */
final class SegmentFormat {
  static final int HEADER_BYTES = 44;
  static final int RECORD_HEADER_BYTES = 9;

  /** Longest payload: an encoded event has at most 64 KiB. */
  static final int MAX_PAYLOAD_BYTES = 64 << 10;

  private static final long MAGIC = 0x4558_5350_4f4f_4c31L; // "EXSPOOL1"
  private static final Pattern NAME = Pattern.compile("([0-9a-f-]{36})-([0-9]{19})\\.segment");

  private SegmentFormat() {}

  /** What the name of a segment says. */
  record Name(UUID epoch, long firstSequence) {
    static Optional<Name> parse(Path file) {
      Matcher matcher = NAME.matcher(file.getFileName().toString());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Name(UUID.fromString(matcher.group(1)), Long.parseLong(matcher.group(2))));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    Path in(Path directory) {
      return directory.resolve("%s-%019d.segment".formatted(epoch, firstSequence));
    }
  }

  static ByteBuffer header(Name name, Instant createdAt) {
    ByteBuffer header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putLong(MAGIC)
            .putLong(name.epoch.getMostSignificantBits())
            .putLong(name.epoch.getLeastSignificantBits())
            .putLong(name.firstSequence)
            .putLong(createdAt.toEpochMilli());
    return header.putInt(checksum(header.array(), HEADER_BYTES - 4)).flip();
  }

  /** When the segment was made; empty if this is not the header of a segment of that name. */
  static Optional<Instant> readHeader(byte[] header, Name name) {
    ByteBuffer in = ByteBuffer.wrap(header);
    boolean isOurs =
        in.getLong() == MAGIC
            && new UUID(in.getLong(), in.getLong()).equals(name.epoch)
            && in.getLong() == name.firstSequence;
    Instant createdAt = Instant.ofEpochMilli(in.getLong());
    return isOurs && in.getInt() == checksum(header, HEADER_BYTES - 4)
        ? Optional.of(createdAt)
        : Optional.empty();
  }

  /** Writes a record; {@code out} has room for exactly that. */
  static void putRecord(ByteBuffer out, long sequence, Priority priority, byte[] payload) {
    out.putInt(payload.length)
        .putInt(checksum(sequence, priority, payload))
        .put(priority.code())
        .put(payload);
  }

  static int checksum(long sequence, Priority priority, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(13)
            .putLong(sequence)
            .putInt(payload.length)
            .put(priority.code())
            .flip());
    crc.update(payload, 0, payload.length);
    return (int) crc.getValue();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
