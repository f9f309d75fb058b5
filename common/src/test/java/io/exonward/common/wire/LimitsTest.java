package io.exonward.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Property
  void truncate_anyText_keepsTheLongestStart(
      @ForAll String text, @ForAll @IntRange(max = 100) int limit) {
    String start = Limits.truncate(text, limit);

    assertTrue(text.startsWith(start));
    assertTrue(Limits.utf8Length(start) <= limit);
    int next =
        start.length() == text.length() ? 0 : Character.charCount(text.codePointAt(start.length()));
    assertTrue(next == 0 || Limits.utf8Length(text.substring(0, start.length() + next)) > limit);
  }

  @Test
  void utf8Length_charactersOfEachSize_agreesWithTheEncoder() {
    String text = "aé漢😀";

    assertEquals(text.getBytes(StandardCharsets.UTF_8).length, Limits.utf8Length(text));
  }

  @Test
  void utf8Length_loneSurrogates_countThree() {
    assertEquals(3, Limits.utf8Length("\ud83d"));
    assertEquals(4, Limits.utf8Length("\ude00a"));
  }

  @Test
  void truncate_surrogatePair_isNotSplit() {
    assertEquals("ab", Limits.truncate("ab😀", 5));
    assertEquals("ab😀", Limits.truncate("ab😀", 6));
  }
}
