package io.exonward.agent.sensor.ebpf;

import io.exonward.common.process.ProcessId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One object for each process that lately took part in an event, because most take part in several.
 * A bounded number; the newer takes the place of an older. For one thread.
 */
final class KnownProcesses {
  private static final int SLOTS = 1024; // a power of two

  private final UUID bootId;
  private final @Nullable ProcessId[] slots = new @Nullable ProcessId[SLOTS];

  KnownProcesses(UUID bootId) {
    this.bootId = bootId;
  }

  ProcessId process(int pid, long startNanos) {
    int slot = pid & (SLOTS - 1);
    ProcessId known = slots[slot];
    if (known == null
        || known.pid() != pid
        || known.startTicks() != startNanos / ProcessId.TICK_NANOS) {
      known = ProcessId.ofNanos(bootId, pid, startNanos);
      slots[slot] = known;
    }
    return known;
  }
}
