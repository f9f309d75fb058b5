package io.exonward.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.MarkListener;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the eBPF sensor from which superblocks files are opened for us, whichever of both was
 * started last. Thread-safe.
 */
final class MarkedDevices implements MarkListener {
  @GuardedBy("this")
  private final Set<Integer> marked = new HashSet<>();

  @GuardedBy("this")
  private @Nullable EbpfSensor sensor;

  /** From now on this one is told. */
  synchronized void tell(EbpfSensor fresh) {
    sensor = fresh;
    marked.forEach(fresh::mark);
  }

  @Override
  public synchronized void marked(int device) {
    EbpfSensor told = sensor;
    if (marked.add(device) && told != null) {
      told.mark(device);
    }
  }

  @Override
  public synchronized void forgotten(int device) {
    EbpfSensor told = sensor;
    if (marked.remove(device) && told != null) {
      told.forget(device);
    }
  }
}
