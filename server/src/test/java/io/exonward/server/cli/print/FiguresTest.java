package io.exonward.server.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "88080384, 84.0 MiB",
    "25276510208, 23.5 GiB",
    "-, -",
    "99999999999999999999, 99999999999999999999",
  })
  void bytes_anyText_readsWell(String bytes, String shown) {
    assertEquals(shown, Figures.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "5300, 5.3 s", "-, -"})
  void seconds_anyText_readsWell(String millis, String shown) {
    assertEquals(shown, Figures.seconds(millis));
  }
}
