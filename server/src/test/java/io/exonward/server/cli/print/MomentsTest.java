package io.exonward.server.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MomentsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T15:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T15:00:00.4Z, now",
    "2026-11-23T14:59:01Z, 59s ago",
    "2026-11-23T14:01:00Z, 59m ago",
    "2026-11-22T15:00:00Z, 24h ago",
    "2026-11-21T14:59:59Z, 2d ago",
    "2026-11-23T15:30:00Z, in 30m",
    "2026-11-23T15:59:55Z, in 1h",
    "2026-11-23T15:00:09Z, in 9s",
    "yesterday, yesterday",
    "-, -",
  })
  void brief_isRelative(String time, String shown) {
    assertEquals(shown, new Moments(CLOCK, false).brief(time));
  }

  @Test
  void brief_utc_isToTheSecond() {
    assertEquals(
        "2026-11-23T14:59:01Z", new Moments(CLOCK, true).brief("2026-11-23T14:59:01.999Z"));
  }

  @Test
  void full_isBoth() {
    assertEquals(
        "2026-11-23T14:57:00Z (3m ago)", new Moments(CLOCK, false).full("2026-11-23T14:57:00Z"));
    assertEquals("-", new Moments(CLOCK, true).full(null));
  }
}
