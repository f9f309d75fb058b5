package io.exonward.server.identity;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A human user of the console or the CLI.
 *
 * @param name unique; never changes
 * @param lastSignInAt null: never signed in
 */
public record Operator(
    String name, Role role, boolean disabled, Instant createdAt, @Nullable Instant lastSignInAt) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public Operator {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "an operator's name has 1 to 64 of a-z, 0-9, '.', '_' and '-', and starts with a letter"
              + " or digit");
    }
  }

  /** Whether an operator could have this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
