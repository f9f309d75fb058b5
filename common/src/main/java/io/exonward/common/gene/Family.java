package io.exonward.common.gene;

/**
 * A named origin of code.
 *
 * @param name at most 200 characters, without control characters; unique
 */
public record Family(String name, Kind kind) {
  private static final int MAX_NAME_CHARS = 200;

  /** How much code of a family is worth. */
  public enum Kind {
    TRUSTED,
    LIBRARY,
    TOOL,
    MALICIOUS
  }

  public Family {
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException("name must have 1 to " + MAX_NAME_CHARS + " characters");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("name has control characters");
    }
  }
}
