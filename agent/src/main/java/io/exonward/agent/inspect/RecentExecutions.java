package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who executed last under each pid, and which files were executed lately: for what the kernel says
 * of a file before it says who executes it. Two tables of fixed size in which the newer overwrites
 * the older; nothing is allocated for an execution. Thread-safe.
 */
final class RecentExecutions {
  private static final int SLOTS = 2048; // a power of two

  @GuardedBy("this")
  private final @Nullable ProcessId[] processes = new ProcessId[SLOTS];

  @GuardedBy("this")
  private final long[] cgroups = new long[SLOTS];

  @GuardedBy("this")
  private final int[] mountNamespaces = new int[SLOTS];

  private final RecentVersions files = new RecentVersions();

  /** Where a process runs. */
  record Place(ProcessId process, long cgroupId, int mountNamespace) {}

  void add(KernelEvent.Exec exec) {
    FileIdentity file = exec.file();
    if (file != null) {
      files.add(file.inode(), file.ctimeNanos());
    }
    addProcess(exec);
  }

  private synchronized void addProcess(KernelEvent.Exec exec) {
    int slot = exec.process().pid() & (SLOTS - 1);
    processes[slot] = exec.process();
    cgroups[slot] = exec.cgroupId();
    mountNamespaces[slot] = exec.mountNamespace();
  }

  /** Who last executed anything under this pid. */
  synchronized Optional<Place> find(int pid) {
    int slot = pid & (SLOTS - 1);
    ProcessId process = processes[slot];
    return process == null || process.pid() != pid
        ? Optional.empty()
        : Optional.of(new Place(process, cgroups[slot], mountNamespaces[slot]));
  }

  /** Whether this version of a file was executed. */
  boolean wasExecuted(long inode, long ctimeNanos) {
    return files.contains(inode, ctimeNanos);
  }
}
