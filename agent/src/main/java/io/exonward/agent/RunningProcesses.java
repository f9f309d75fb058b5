package io.exonward.agent;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.process.ProcessId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes that run now, as far as the pipeline needs them. For one thread. */
interface RunningProcesses {
  /** All, but for the kernel's own. */
  List<Found> all();

  /**
   * Who runs.
   *
   * @param executable null if it takes {@link #read} to know
   */
  record Found(ProcessId process, @Nullable String executable) {}

  /** What one of {@link #all} runs, as if found running; empty if it ended. */
  Optional<KernelEvent.Exec> read(ProcessId process);
}
