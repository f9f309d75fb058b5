package io.exonward.server.alert;

import io.exonward.common.hash.Sha256;
import io.exonward.server.detect.Severity;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are wanted; null or empty for any.
 *
 * @param atLeast this severity or higher
 * @param hostId it happened there
 * @param text part of the title, the path, the hash or a host name
 */
public record AlertFilter(
    Set<AlertStatus> statuses,
    @Nullable Severity atLeast,
    @Nullable String group,
    @Nullable UUID hostId,
    @Nullable Sha256 sha256,
    @Nullable String text) {
  /** All of them. */
  public static final AlertFilter ANY = new AlertFilter(Set.of(), null, null, null, null, null);

  public AlertFilter {
    statuses = Set.copyOf(statuses);
  }
}
