package io.exonward.agent.enrich;

import io.exonward.agent.process.ProcessTable;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who does what is not an execution. News of executions comes by another way and may be a little
 * late: whoever asks waits {@link #SETTLED_MILLIS} first. A process that executed another program
 * meanwhile goes by that one's name. Not thread-safe: owned by the pipeline's thread.
 */
public final class Actors {
  /** By then the table of processes knows what happened before. */
  static final long SETTLED_MILLIS = 200;

  private final ProcessTable table;
  private final Containers containers;
  private final IntFunction<Optional<ProcessId>> living;

  /**
   * @param living finds a living process by its pid
   */
  public Actors(
      ProcessTable table, Containers containers, IntFunction<Optional<ProcessId>> living) {
    this.table = table;
    this.containers = containers;
    this.living = living;
  }

  /** What is known of a process: at the least its identity. */
  ProcessSummary find(ProcessId process) {
    return table.find(process).orElseGet(() -> new ProcessSummary(process, null, null, null, null));
  }

  /** A living process; empty if it is gone, or the pid 0. */
  Optional<ProcessId> living(int pid) {
    return pid > 0 ? living.apply(pid) : Optional.empty();
  }

  /** To be asked at once: a process that ended cannot tell. */
  @Nullable String container(ProcessId process, long cgroupId) {
    return containers.find(process.pid(), cgroupId);
  }

  /** From the parent upward, as many as an event has room for. */
  List<ProcessSummary> ancestry(ProcessId process) {
    return Ancestry.fitting(table.ancestry(process), Ancestry.USUAL_BYTES);
  }
}
