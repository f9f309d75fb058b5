package io.exonward.agent.inspect;

import io.exonward.agent.sensor.KernelEvent;
import java.util.function.Consumer;

/** Finds out what was executed, or loaded. */
public interface CodeInspector {
  /**
   * Hashes the code of {@code exec} and hands the result on: at once when it is in the cache, at
   * the latest after {@code InspectLimits.deadline}, and {@code readLimit} more if its bytes wait
   * to be read; exactly once for each call. The consumer may run on the calling thread or on a
   * worker of the inspector.
   */
  void inspect(KernelEvent.Exec exec, Consumer<Inspection> consumer);

  /** The same for code that entered a process otherwise. */
  void inspect(KernelEvent.Load load, Consumer<Inspection> consumer);

  /** Takes note of an execution of code that was inspected before and is not inspected again. */
  void executedAgain(KernelEvent.Exec exec);

  /**
   * Rises, by the time that an execution can come to see it, whenever code that was inspected may
   * have changed. May be called by any thread.
   */
  long version();
}
