package io.exonward.server.store;

import io.exonward.server.inventory.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where pages go on. */
final class Positions {
  private Positions() {}

  /** A position that is one number; null from the start. */
  static @Nullable Long number(PageRequest page) {
    String position = page.position();
    try {
      return position == null ? null : Long.valueOf(position);
    } catch (NumberFormatException _) {
      throw PageRequest.unknownPosition();
    }
  }

  /** A position that is one UUID; null from the start. */
  static @Nullable UUID uuid(PageRequest page) {
    String position = page.position();
    try {
      return position == null ? null : UUID.fromString(position);
    } catch (IllegalArgumentException _) {
      throw PageRequest.unknownPosition();
    }
  }
}
