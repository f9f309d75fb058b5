package io.exonward.common.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event and its times.
 *
 * @param occurredAt by the kernel; null if not known
 * @param observedAt at the agent
 */
public record ObservedEvent(@Nullable Instant occurredAt, Instant observedAt, Event event) {
  /** When it happened, as well as is known. */
  public Instant bestTime() {
    return occurredAt != null ? occurredAt : observedAt;
  }
}
