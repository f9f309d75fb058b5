package io.exonward.server.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in an alert's life.
 *
 * @param actor operator, or "server"
 */
public record AlertHistory(Instant at, String actor, Action action, @Nullable String detail) {
  /** What was done. */
  public enum Action {
    RAISED,
    STARTED,
    RESOLVED,
    ALLOWED,
    DENIED,
    REOPENED,
    /** It was found out what the code is related to. */
    ANALYZED
  }
}
