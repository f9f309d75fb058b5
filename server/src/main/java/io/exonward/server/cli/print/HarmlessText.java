package io.exonward.server.cli.print;

import java.util.function.IntFunction;

/**
 * Makes untrusted text safe for a terminal. Control characters (ESC and line ends among them),
 * format characters (bidi, zero width), separators, private and unassigned characters become
 * visible as {@code \}{@code uXXXX} or {@code \}{@code UXXXXXXXX}. A backslash is doubled only
 * where it would read as the start of such an escape or of a doubled backslash, so that no text can
 * pretend to be another and paths stay as they are.
 *
 * <p>Not handled: letters that merely look alike; the hash tells those apart.
 */
public final class HarmlessText {
  private HarmlessText() {}

  /** The text for a table or a message: one line, nothing invisible. */
  public static String of(String text) {
    return text.codePoints().allMatch(HarmlessText::isPlain) ? text : escape(text);
  }

  /**
   * JSON text with the same content, in which invisible characters beyond ASCII are escaped as JSON
   * escapes them. They can stand in strings only, so the text may be replaced without parsing it.
   */
  public static String ofJson(String json) {
    return json.codePoints().allMatch(HarmlessText::isVisibleInJson)
        ? json
        : map(json, c -> isVisibleInJson(c) ? Character.toString(c) : jsonEscape(c));
  }

  static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // Nothing to see either, and yet letters or marks: Hangul fillers, variation selectors.
      default ->
          codePoint != 0x115F
              && codePoint != 0x1160
              && codePoint != 0x3164
              && codePoint != 0xFFA0
              && codePoint != 0x034F
              && !(codePoint >= 0xFE00 && codePoint <= 0xFE0F)
              && !(codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    };
  }

  private static boolean isPlain(int codePoint) {
    return codePoint != '\\' && isVisible(codePoint);
  }

  private static boolean isVisibleInJson(int codePoint) {
    // What is below space can only be layout here: JSON forbids it in strings.
    return codePoint < 0x7F || isVisible(codePoint);
  }

  private static String escape(String text) {
    StringBuilder harmless = new StringBuilder(text.length() + 16);
    int[] codePoints = text.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      int c = codePoints[i];
      if (c == '\\') {
        boolean isLast = i + 1 == codePoints.length;
        harmless.append(!isLast && isAmbiguousAfterBackslash(codePoints[i + 1]) ? "\\\\" : "\\");
      } else {
        harmless.append(isVisible(c) ? Character.toString(c) : visibleEscape(c));
      }
    }
    return harmless.toString();
  }

  private static boolean isAmbiguousAfterBackslash(int next) {
    return next == 'u' || next == 'U' || next == '\\' || !isVisible(next);
  }

  private static String visibleEscape(int c) {
    return c <= 0xFFFF ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
  }

  private static String jsonEscape(int c) {
    StringBuilder escaped = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      escaped.append("\\u%04x".formatted((int) unit));
    }
    return escaped.toString();
  }

  private static String map(String text, IntFunction<String> mapping) {
    StringBuilder mapped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> mapped.append(mapping.apply(c)));
    return mapped.toString();
  }
}
