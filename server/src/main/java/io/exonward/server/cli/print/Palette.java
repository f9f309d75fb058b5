package io.exonward.server.cli.print;

/**
 * Colors of a terminal, or none. // ECMA-48 8.3.117, select graphic rendition
 *
 * @param isColored whether standard output shows colors
 */
public record Palette(boolean isColored) {
  /** The text, colored if it is a word that calls for attention. */
  String paint(String word, String text) {
    String code = isColored ? code(word) : "";
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  private static String code(String word) {
    return switch (word) {
      case "critical", "high", "banned", "deny", "failed" -> "31";
      case "medium", "silent", "reduced", "unavailable" -> "33";
      case "connected", "running", "allow" -> "32";
      default -> "";
    };
  }
}
