package io.exonward.server.api;

import io.exonward.common.config.Units;
import io.exonward.common.hash.Sha256;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Single values of requests. Each method throws ProblemException, naming the field: malformed for
 * what is no such value, not acceptable for what is outside the limits.
 */
final class Fields {
  /** Longest reason, in characters. */
  static final int MAX_REASON = 1000;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private Fields() {}

  static <T> T require(String field, @Nullable T value) {
    if (value == null) {
      throw ProblemException.malformed(field, "required, but absent");
    }
    return value;
  }

  static String text(String field, @Nullable String value, int min, int max) {
    String text = require(field, value);
    if (text.length() < min || text.length() > max) {
      throw ProblemException.notAcceptable(
          field, "needs %d to %d characters, has %d".formatted(min, max, text.length()));
    }
    // PostgreSQL keeps no NUL in texts.
    if (text.indexOf('\0') >= 0) {
      throw ProblemException.notAcceptable(field, "must not contain NUL");
    }
    return text;
  }

  static String reason(@Nullable String value) {
    String reason = text("reason", value, 1, MAX_REASON);
    if (reason.isBlank()) {
      throw ProblemException.notAcceptable("reason", "must not be blank");
    }
    return reason;
  }

  static <E extends Enum<E>> E choice(String field, @Nullable String value, Class<E> type) {
    String text = require(field, value);
    for (E constant : type.getEnumConstants()) {
      if (code(constant).equals(text)) {
        return constant;
      }
    }
    throw ProblemException.malformed(
        field,
        "must be one of "
            + String.join(
                ", ", List.of(type.getEnumConstants()).stream().map(Fields::code).toList()));
  }

  /** An enumeration's constant as it stands in JSON. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static @Nullable String codeOrNull(@Nullable Enum<?> constant) {
    return constant == null ? null : code(constant);
  }

  static @Nullable Duration duration(String field, @Nullable String value) {
    try {
      return value == null ? null : Units.duration(value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(field, String.valueOf(e.getMessage()));
    }
  }

  static @Nullable Instant instant(String field, @Nullable String value) {
    try {
      return value == null ? null : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException _) {
      throw ProblemException.malformed(
          field, "must be a time such as 2027-01-31T00:00:00Z (RFC 3339)");
    }
  }

  static UUID uuid(String field, String value) {
    try {
      UUID uuid = UUID.fromString(value);
      // fromString also takes shortened groups.
      if (uuid.toString().equals(value.toLowerCase(Locale.ROOT))) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw ProblemException.malformed(field, "must be a UUID");
  }

  static Sha256 sha256(String field, String value) {
    if (!HASH.matcher(value).matches()) {
      throw ProblemException.malformed(field, "must be 64 lower-case hexadecimal digits");
    }
    return Sha256.parse(value);
  }

  static long number(String field, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw ProblemException.malformed(field, "must be a whole number");
    }
  }
}
