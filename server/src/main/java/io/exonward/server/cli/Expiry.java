package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.node.ObjectNode;

/** When a rule ends: a duration from now such as 7d, or a time in UTC. */
final class Expiry {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smhd])");

  private final OptionSpec option =
      Arguments.option("--expires", "WHEN", "End of the rule: 12h, 7d or 2027-01-31T00:00:00Z");
  private final Clock clock;

  Expiry(Clock clock) {
    this.clock = clock;
  }

  OptionSpec option() {
    return option;
  }

  /** Sets "expires_at" if the option was given. */
  void putInto(ObjectNode body) {
    String text = Arguments.value(option);
    if (text != null) {
      body.put("expires_at", parse(text).toString());
    }
  }

  private Instant parse(String text) {
    Matcher duration = DURATION.matcher(text);
    if (duration.matches()) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      return now.plus(Duration.of(Long.parseLong(duration.group(1)), unit(duration.group(2))));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new Failure(
          ExitCode.USAGE,
          "--expires is a duration such as 7d or a time such as 2027-01-31T00:00:00Z, not " + text,
          e);
    }
  }

  private static ChronoUnit unit(String letter) {
    return switch (letter) {
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
