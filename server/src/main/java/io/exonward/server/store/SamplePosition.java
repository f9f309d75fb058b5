package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a list of samples goes on; both null from the start. */
record SamplePosition(@Nullable Instant at, @Nullable Sha256 sha256) {
  static SamplePosition of(PageRequest page) {
    String position = page.position();
    if (position == null) {
      return new SamplePosition(null, null);
    }
    int comma = position.indexOf(',');
    try {
      return new SamplePosition(
          Instant.parse(position.substring(0, Math.max(comma, 0))),
          Sha256.parse(position.substring(comma + 1)));
    } catch (DateTimeException | IllegalArgumentException _) {
      throw PageRequest.unknownPosition();
    }
  }
}
