package io.exonward.agent;

import io.exonward.agent.sensor.KernelEvent;
import java.util.List;
import java.util.Optional;

/** The processes that run now, as far as the pipeline needs them. */
interface RunningProcesses {
  /** All process ids. */
  List<Integer> pids();

  /** What a process runs, as if found running; empty if it ended or is the kernel's. */
  Optional<KernelEvent.Exec> find(int pid);
}
