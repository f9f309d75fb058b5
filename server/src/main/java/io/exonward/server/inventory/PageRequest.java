package io.exonward.server.inventory;

import io.exonward.server.inventory.RefusedException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit 1 to 500
 * @param after {@link Page#next} of the part before; null for the first
 */
public record PageRequest(int limit, @Nullable String after) {
  /** Most items on one page. */
  public static final int MAX_LIMIT = 500;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new RefusedException(Kind.MALFORMED, "a page has 1 to 500 items, not " + limit);
    }
  }

  /** The first part. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }

  /**
   * The position to go on after; null from the start.
   *
   * @throws RefusedException if {@link #after} is nothing that a page ever named
   */
  public @Nullable String position() {
    if (after == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw unknownPosition();
    }
  }

  /** What to throw when {@link #position} does not parse. */
  public static RefusedException unknownPosition() {
    return new RefusedException(Kind.MALFORMED, "after is not the next of any page");
  }

  static String encode(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }
}
