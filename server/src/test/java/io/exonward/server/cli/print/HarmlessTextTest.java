package io.exonward.server.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HarmlessTextTest {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\\\\\|\\\\u([0-9a-f]{4})|\\\\U([0-9a-f]{8})");

  @ParameterizedTest
  @CsvSource({"/usr/bin/ls", "Größe", "日本", "a\\b", "'C:\\temp \\n'", "🙂"})
  void of_plainText_isUnchanged(String text) {
    assertEquals(text, HarmlessText.of(text));
  }

  @Test
  void of_everyCodePoint_isVisibleAndReversible() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      String harmless = HarmlessText.of(text);

      assertTrue(
          harmless.codePoints().allMatch(HarmlessText::isVisible), "U+" + Integer.toHexString(c));
      assertEquals(text, undo(harmless));
    }
  }

  @Test
  void of_backslashesAndControls_neverCollide() {
    Random random = new Random(7);
    String[] parts = {"\\", "u", "U", "0", "1", "b", "u001b", "\u001b", "\u202e", "x"};
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length >= 0; length--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      String harmless = HarmlessText.of(text.toString());

      String earlier = seen.put(harmless, text.toString());
      assertTrue(earlier == null || earlier.contentEquals(text), harmless);
      assertEquals(text.toString(), undo(harmless));
    }
  }

  @Test
  void ofJson_escapesInvisibleAndKeepsRest() {
    assertEquals(
        "{\n  \"x\": \"\\u202e\\udb40\\udc41é\\u009b\\n\"}",
        HarmlessText.ofJson("{\n  \"x\": \"\u202e\udb40\udc41é\u009b\\n\"}"));
  }

  private static String undo(String harmless) {
    Matcher matcher = ESCAPE.matcher(harmless);
    return matcher.replaceAll(match -> {
      String hex = match.group(1) != null ? match.group(1) : match.group(2);
      String text = hex == null ? "\\" : Character.toString(Integer.parseInt(hex, 16));
      return Matcher.quoteReplacement(text);
    });
  }
}
