package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorStatus;
import java.util.List;
import java.util.Optional;

/**
 * One kernel data source, for one life: one that was closed or has failed is replaced by a new one.
 * Not thread-safe but for {@link #status}, {@link #follow}, {@link #blindSpots} and the witness.
 */
public interface Sensor extends AutoCloseable {
  /** "ebpf", "connector", "procfs", "fanotify" or "actions". */
  String name();

  /**
   * Starts it for real: after this returns, what happens is reported.
   *
   * @throws SensorUnavailableException if this kernel or our permissions refuse it
   */
  void start(KernelEventSink sink) throws SensorUnavailableException;

  /**
   * Has {@code listener} called, on the sensor's thread, as soon as the sensor has failed; before
   * {@link #start}.
   */
  void onFailure(Runnable listener);

  /** State and counts; thread-safe, cheap. */
  SensorStatus status();

  /** Takes note of an execution that another sensor saw; thread-safe, must not block. */
  default void follow(KernelEvent.Exec exec) {}

  /** What it does not see in the way in which it runs now, in words; thread-safe, cheap. */
  default List<String> blindSpots() {
    return List.of();
  }

  /** Counts kept on another way than that of the events; empty if it has none. */
  default Optional<Witness> witness() {
    return Optional.empty();
  }

  /** Stops it and frees everything that it holds in the kernel; idempotent. */
  @Override
  void close();
}
