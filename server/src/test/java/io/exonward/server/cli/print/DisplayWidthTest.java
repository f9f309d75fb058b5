package io.exonward.server.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({"abc, 3", "日本, 4", "e\u0301, 1", "🙂, 2", "'', 0"})
  void of_countsColumns(String text, int width) {
    assertEquals(width, DisplayWidth.of(text));
  }

  @ParameterizedTest
  @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "日本語, 5, 日本…", "日本語, 4, 日…"})
  void cut_neverExceedsWidth(String text, int width, String shown) {
    assertEquals(shown, DisplayWidth.cut(text, width));
  }
}
