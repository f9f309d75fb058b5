package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorStatus;

/** One kernel data source. Not thread-safe but for {@link #status}. */
public interface Sensor extends AutoCloseable {
  /** "ebpf", "connector", "procfs" or "fanotify". */
  String name();

  /**
   * Starts it for real: after this returns, what happens is reported.
   *
   * @throws SensorUnavailableException if this kernel or our permissions refuse it
   */
  void start(KernelEventSink sink) throws SensorUnavailableException;

  /** State and counts; thread-safe, cheap. */
  SensorStatus status();

  /** Stops it and frees everything that it holds in the kernel; idempotent. */
  @Override
  void close();
}
