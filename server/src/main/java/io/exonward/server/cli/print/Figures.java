package io.exonward.server.cli.print;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them; what is not a number, or absent, is left as it is. */
public final class Figures {
  private static final long KIB = 1L << 10;
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private Figures() {}

  /** Bytes in the largest unit that leaves at least one of it: {@code 84.0 MiB}. */
  public static @Nullable String bytes(@Nullable String bytes) {
    if (bytes == null || !isNumber(bytes)) {
      return bytes;
    }
    double amount = Long.parseLong(bytes);
    if (amount < KIB) {
      return bytes + " bytes";
    }
    int unit = -1;
    while (amount >= KIB && unit < UNITS.length - 1) {
      amount /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** Milliseconds as seconds: {@code 5.3 s}. */
  public static @Nullable String seconds(@Nullable String millis) {
    return millis != null && isNumber(millis)
        ? String.format(Locale.ROOT, "%.1f s", Long.parseLong(millis) / 1000.0)
        : millis;
  }

  /** Seconds in the two largest units: {@code 23h 58m}. */
  public static String span(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    return seconds < 86_400
        ? seconds / 3600 + "h " + seconds % 3600 / 60 + "m"
        : seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 18
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
