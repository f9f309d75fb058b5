package io.exonward.common.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @Property
  void format_anyDuration_isReadBack(@ForAll @LongRange(max = 1L << 40) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertEquals(duration, Units.duration(Units.format(duration)));
  }

  @Property
  void format_anySize_isReadBack(@ForAll @LongRange(max = 999_999_999_999_999L) long bytes) {
    assertEquals(bytes, Units.bytes(Units.format(bytes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-5s", "1.5h", "5S", "s", "9999999999999999s"})
  void duration_malformed_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Units.duration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5MB", "5 MiB", "-5B", "8388608TiB"})
  void bytes_malformedOrTooLarge_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Units.bytes(text));
  }

  @ParameterizedTest
  @CsvSource({"prot,port", "ports,port", "lisetn,listen", "hearbeat,heartbeat"})
  void nearestKey_mistyped_isFound(String typed, String meant) {
    assertEquals(
        Optional.of(meant), NearestKey.find(typed, List.of("port", "listen", "heartbeat")));
  }

  @Test
  void nearestKey_nothingNear_isEmpty() {
    assertEquals(Optional.empty(), NearestKey.find("zebra", List.of("port", "listen")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "127.0.0.1:8443", "[::1]:65535", "a-b.example:0"})
  void hostPort_wellFormed_isWrittenAsRead(String text) {
    assertEquals(text, HostPort.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":1", "host", "host:", "host:65536", "::1:80", "[host]:1", "a b:1", "host:-1"})
  void hostPort_malformed_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
  }
}
