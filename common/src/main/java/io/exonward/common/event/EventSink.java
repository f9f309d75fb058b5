package io.exonward.common.event;

/** Where a stage hands its events on. Implementations say whether they are thread-safe. */
@FunctionalInterface
public interface EventSink {
  /** Takes one event; never blocks for longer than its implementation states. */
  void accept(ObservedEvent event);
}
