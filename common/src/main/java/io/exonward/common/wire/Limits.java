package io.exonward.common.wire;

/**
 * The limits that the proto files state. Texts are measured in bytes of UTF-8 and hold no NUL: the
 * sender truncates, the receiver refuses.
 */
public final class Limits {
  public static final int EVENT_BYTES = 64 * 1024;
  public static final int BATCH_EVENTS = 500;
  public static final int BATCH_BYTES = 1024 * 1024;
  public static final int PATH_BYTES = 4096;
  public static final int COMMAND_LINE_ENTRIES = 256;
  public static final int COMMAND_LINE_BYTES = 8 * 1024;
  public static final int SUMMARY_COMMAND_LINE_BYTES = 512;
  public static final int RUNS = 256;
  public static final int ANCESTRY = 16;
  public static final int ACTION_DETAIL_BYTES = 256;
  public static final int CONTAINER_ID_BYTES = 128;
  public static final int USER_NAME_BYTES = 256;
  public static final int PACKAGE_MANAGER_BYTES = 16;
  public static final int PACKAGE_TEXT_BYTES = 256;
  public static final int INVENTORY_PACKAGES = 500;
  public static final int SENSOR_NAME_BYTES = 64;
  public static final int SENSOR_DETAIL_BYTES = 1024;
  public static final int SENSORS = 32;
  public static final int BLIND_SPOTS = 32;
  public static final int BLIND_SPOT_BYTES = 256;
  public static final int LEVEL_BYTES = 64;
  public static final int REASON_BYTES = 64;
  public static final int GROUP_BYTES = 64;
  public static final int POLICY_BYTES = 4 * 1024 * 1024;
  public static final int RULES = 10_000;
  public static final int BASELINE_CONTENTS = 65_536;
  public static final int BASELINE_PACKAGES = 20_000;
  public static final int HOST_FACT_BYTES = 256;
  public static final int HOST_ADDRESSES = 32;

  private Limits() {}

  /** Bytes that {@code text} takes in UTF-8; a lone surrogate counts as three. */
  public static int utf8Length(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        // A surrogate pair is four bytes in two units.
        bytes += unit < 0x800 || isInPair(text, i) ? 1 : 2;
      }
    }
    return bytes;
  }

  private static boolean isInPair(String text, int index) {
    char unit = text.charAt(index);
    if (Character.isHighSurrogate(unit)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(unit)
        && index > 0
        && Character.isHighSurrogate(text.charAt(index - 1));
  }

  /**
   * The longest start of {@code text} that takes at most {@code maxBytes} in UTF-8 and splits no
   * character.
   */
  public static String truncate(String text, int maxBytes) {
    if (text.length() <= maxBytes / 3) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(point);
    }
    return text;
  }
}
