package io.exonward.agent.sensor;

import java.util.OptionalLong;

/**
 * What a sensor's own counters in the kernel say, beside the events that they let through. All
 * count from the sensor's start and never fall. Thread-safe.
 */
public interface Witness {
  /**
   * Creations of processes and of threads, all of this machine; empty if not counted. The kernel's
   * {@code processes} in /proc/stat counts the same.
   */
  OptionalLong forksSeen();

  /** Executions on which the sensor's program in the kernel ran; empty if not counted. */
  OptionalLong executionsSeen();

  /** Of {@link #executionsSeen}, those handed on or deliberately merged into a count. */
  long executionsDelivered();

  /** Of {@link #executionsSeen}, those counted as lost. */
  long executionsLost();
}
