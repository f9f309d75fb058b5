package io.exonward.agent.sensor;

import java.util.List;

/** Takes what sensors see. Called from sensor threads, must be thread-safe and must not block. */
@FunctionalInterface
public interface KernelEventSink {
  /** Takes one event, or counts its loss. */
  void accept(KernelEvent event);

  /**
   * Whether it is about to lose events: whoever has a buffer of its own should let them wait there.
   */
  default boolean isFilling() {
    return false;
  }

  /**
   * Takes several in their order, as {@link #accept} would, at the cost of one.
   *
   * @param events valid for the time of the call
   */
  default void acceptAll(List<? extends KernelEvent> events) {
    events.forEach(this::accept);
  }
}
