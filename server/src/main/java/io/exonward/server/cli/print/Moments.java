package io.exonward.server.cli.print;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times as people read them: how long ago, or in UTC.
 *
 * @param isUtc times in tables as they are, not relative
 */
public record Moments(Clock clock, boolean isUtc) {
  private static final String NEVER = "-";

  /** What was asked to last an hour is said to last an hour a few seconds later too. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  /** For a column: "3m ago", "in 2d", or UTC to the second; "-" where there is none. */
  public String brief(@Nullable String time) {
    Instant instant = parse(time);
    if (instant == null) {
      return time == null ? NEVER : HarmlessText.of(time);
    }
    return isUtc ? utc(instant) : relative(instant);
  }

  /** For a report: "2026-11-23T14:02:11Z (3m ago)". */
  public String full(@Nullable String time) {
    Instant instant = parse(time);
    if (instant == null) {
      return brief(time);
    }
    return utc(instant) + " (" + relative(instant) + ")";
  }

  private String relative(Instant instant) {
    Duration age = Duration.between(instant, clock.instant());
    if (age.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return age.isNegative() ? "in " + rough(ahead(age.negated())) : rough(age) + " ago";
  }

  private static Duration ahead(Duration left) {
    return left.toMinutes() < 1 ? left : left.plus(SLACK);
  }

  private static String rough(Duration age) {
    if (age.toMinutes() < 1) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
  }

  private static String utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static @Nullable Instant parse(@Nullable String time) {
    try {
      return time == null ? null : Instant.parse(time);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
