package io.exonward.agent.sensor.procfs;

import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Looks at /proc four times a second. What begins and ends between two looks is missed; of several
 * executions of one process the last is seen. The status of an exit is not known and is -1.
 */
public final class ProcfsSensor implements Sensor {
  private static final String NAME = "procfs";
  private static final int INTERVAL_MILLIS = 250;
  private static final int UNKNOWN_STATUS = -1;

  private final UUID bootId;
  private final Clock clock;
  private final ProcfsReader reader;
  private final SensorThread thread = new SensorThread(NAME);
  private final Map<Integer, ProcessStat> known = new HashMap<>();

  public ProcfsSensor(UUID bootId, Clock clock) {
    this.bootId = bootId;
    this.clock = clock;
    reader = new ProcfsReader(bootId, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) {
    for (int pid : reader.pids()) {
      ProcfsReader.stat(pid).ifPresent(stat -> known.put(pid, stat));
    }
    thread.start(wakeNumber -> {
      Poller pause = new Poller(wakeNumber);
      while (!thread.isStopping()) {
        pause.await(INTERVAL_MILLIS);
        look(sink);
      }
    });
  }

  private void look(KernelEventSink sink) {
    Set<Integer> gone = new HashSet<>(known.keySet());
    for (int pid : reader.pids()) {
      ProcfsReader.stat(pid)
          .ifPresent(stat -> {
            gone.remove(pid);
            compare(pid, stat, sink);
          });
    }
    for (int pid : gone) {
      ProcessStat stat = known.remove(pid);
      if (stat != null) {
        hand(exit(pid, stat), sink);
      }
    }
  }

  private void compare(int pid, ProcessStat now, KernelEventSink sink) {
    ProcessStat before = known.put(pid, now);
    boolean isSameProcess = before != null && before.startTicks() == now.startTicks();
    if (before != null && !isSameProcess) {
      hand(exit(pid, before), sink);
    }
    if (!isSameProcess) {
      ProcessId child = new ProcessId(bootId, pid, now.startTicks());
      reader
          .identify(Math.max(now.parentPid(), 1))
          .ifPresent(parent -> hand(new KernelEvent.Fork(parent, child, clock.instant()), sink));
    }
    if (before == null || !isSameProcess || before.startStack() != now.startStack()) {
      reader.read(pid, false).ifPresent(exec -> hand(exec, sink));
    }
  }

  private KernelEvent exit(int pid, ProcessStat stat) {
    ProcessId process = new ProcessId(bootId, pid, stat.startTicks());
    return new KernelEvent.Exit(process, UNKNOWN_STATUS, clock.instant());
  }

  private void hand(KernelEvent event, KernelEventSink sink) {
    thread.countEvents(1);
    sink.accept(event);
  }

  @Override
  public void onFailure(Runnable listener) {
    thread.onFailure(listener);
  }

  @Override
  public SensorStatus status() {
    return thread.status();
  }

  @Override
  public void close() {
    thread.stop();
  }
}
