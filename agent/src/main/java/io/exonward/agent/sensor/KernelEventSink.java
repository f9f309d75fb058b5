package io.exonward.agent.sensor;

/** Takes what sensors see. Called from sensor threads, must be thread-safe and must not block. */
@FunctionalInterface
public interface KernelEventSink {
  /** Takes one event, or counts its loss. */
  void accept(KernelEvent event);
}
