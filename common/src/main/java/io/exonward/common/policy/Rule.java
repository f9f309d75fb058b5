package io.exonward.common.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition with allow or deny.
 *
 * @param id the server's number for it, above 0
 * @param expiresAt null: never
 */
public record Rule(long id, Effect effect, Selector selector, @Nullable Instant expiresAt) {
  /** Whether the rule still counts at {@code now}. */
  public boolean isActive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
