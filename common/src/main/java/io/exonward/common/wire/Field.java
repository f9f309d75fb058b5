package io.exonward.common.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.exonward.common.hash.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks of single fields, each named as in the proto files. */
final class Field {
  private static final int UUID_BYTES = 16;
  // The range of google/protobuf/timestamp.proto: years 1 to 9999.
  private static final long MIN_SECONDS = -62_135_596_800L;
  private static final long MAX_SECONDS = 253_402_300_799L;

  private Field() {}

  static String text(String field, String value, int maxBytes) {
    // Three bytes are the most that one UTF-16 unit takes.
    if (value.length() > maxBytes / 3) {
      atMost(field, Limits.utf8Length(value), maxBytes, "bytes");
    }
    if (value.indexOf('\0') >= 0) {
      throw new WireException(field + ": holds a NUL character, texts have none");
    }
    return value;
  }

  static String requiredText(String field, String value, int maxBytes) {
    require(field, !value.isEmpty());
    return text(field, value, maxBytes);
  }

  static @Nullable String optionalText(String field, String value, int maxBytes) {
    return value.isEmpty() ? null : text(field, value, maxBytes);
  }

  static void atMost(String field, long actual, long limit, String unit) {
    if (actual > limit) {
      throw new WireException(field + ": " + actual + " " + unit + ", at most " + limit);
    }
  }

  static void require(String field, boolean isPresent) {
    if (!isPresent) {
      throw new WireException(field + ": required, but absent");
    }
  }

  /** A uint64 that is a count or a size: a value above 2^63 - 1 is nonsense. */
  static long count(String field, long value) {
    return range(field, value, 0, Long.MAX_VALUE);
  }

  static int range(String field, int value, int min, int max) {
    return (int) range(field, (long) value, min, max);
  }

  static long range(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw new WireException(field + ": " + value + ", allowed " + min + " to " + max);
    }
    return value;
  }

  static Instant instant(String field, boolean isPresent, Timestamp value) {
    require(field, isPresent);
    range(field + ".seconds", value.getSeconds(), MIN_SECONDS, MAX_SECONDS);
    range(field + ".nanos", value.getNanos(), 0, 999_999_999);
    return Instant.ofEpochSecond(value.getSeconds(), value.getNanos());
  }

  static @Nullable Instant optionalInstant(String field, boolean isPresent, Timestamp value) {
    return isPresent ? instant(field, true, value) : null;
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static @Nullable Sha256 optionalSha256(String field, ByteString value) {
    if (value.isEmpty()) {
      return null;
    }
    exactly(field, value, Sha256.BYTES);
    return Sha256.of(value.toByteArray());
  }

  static ByteString bytes(Sha256 sha256) {
    return ByteString.copyFrom(sha256.toBytes());
  }

  static UUID uuid(String field, ByteString value) {
    exactly(field, value, UUID_BYTES);
    ByteBuffer words = value.asReadOnlyByteBuffer();
    return new UUID(words.getLong(), words.getLong());
  }

  static ByteString bytes(UUID uuid) {
    ByteBuffer words =
        ByteBuffer.allocate(UUID_BYTES)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .flip();
    return ByteString.copyFrom(words);
  }

  private static void exactly(String field, ByteString value, int bytes) {
    if (value.size() != bytes) {
      throw new WireException(field + ": " + value.size() + " bytes, must be " + bytes);
    }
  }
}
