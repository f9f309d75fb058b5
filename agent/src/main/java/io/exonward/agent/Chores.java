package io.exonward.agent;

import java.time.Instant;

/** What the pipeline's thread does beside handling events. */
@FunctionalInterface
interface Chores {
  /**
   * Does what is due; called after each batch of work.
   *
   * @return when to be called next at the latest; {@link Instant#MAX} if only after more work
   */
  Instant runDue();

  /** The first of several times. */
  static Instant earliest(Instant... times) {
    Instant first = Instant.MAX;
    for (Instant time : times) {
      first = time.isBefore(first) ? time : first;
    }
    return first;
  }
}
