package io.exonward.agent.sensor.action;

import io.exonward.agent.linux.BpfArray;
import io.exonward.agent.linux.BpfObject;
import io.exonward.agent.linux.BpfRing;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * Code that is loaded into running processes, and what they do that brings code into memory or
 * changes it, by BPF programs on the trace points of system calls. Our own process is left out.
 */
public final class ActionSensor implements Sensor {
  static final String NAME = "actions";
  private static final String OBJECT = "/io/exonward/agent/sensor/ebpf/actions.bpf.o";

  /** Where libbpf looks. // linux Documentation/trace/ftrace.rst */
  private static final List<Path> TRACE_POINTS =
      List.of(
          Path.of("/sys/kernel/tracing/events/syscalls"),
          Path.of("/sys/kernel/debug/tracing/events/syscalls"));

  private final UUID bootId;
  private final Clock clock;
  private final boolean isInterpretedWanted;
  private final IntPredicate mounted;
  private final int ringBytes;
  private final SensorThread thread = new SensorThread(NAME);
  private volatile List<String> blindSpots = List.of();

  /**
   * With the ring's usual size of 1 MiB.
   *
   * @param isInterpretedWanted whether files that interpreters open are reported
   * @param mounted told the pid of each process that has mounted something, on the sensor's thread;
   *     says whether that was still there, and is told of its parent otherwise
   */
  public ActionSensor(UUID bootId, Clock clock, boolean isInterpretedWanted, IntPredicate mounted) {
    this(bootId, clock, isInterpretedWanted, mounted, 1024 * 1024);
  }

  /**
   * @param ringBytes a power of two, at least a page
   */
  ActionSensor(
      UUID bootId, Clock clock, boolean isInterpretedWanted, IntPredicate mounted, int ringBytes) {
    this.bootId = bootId;
    this.clock = clock;
    this.isInterpretedWanted = isInterpretedWanted;
    this.mounted = mounted;
    this.ringBytes = ringBytes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    if (TRACE_POINTS.stream().noneMatch(Files::isDirectory)) {
      String reason =
          "no trace points of system calls in "
              + TRACE_POINTS.getFirst()
              + ": is tracefs mounted, and CONFIG_FTRACE_SYSCALLS set?";
      thread.refuse(reason);
      throw new SensorUnavailableException(reason);
    }
    ActionPrograms programs = load();
    blindSpots = programs.blindSpots();
    thread.describe(programs.detail());
    thread.start(wakeNumber -> run(programs.object(), sink, wakeNumber));
  }

  private ActionPrograms load() throws SensorUnavailableException {
    try {
      return ActionPrograms.load(
          new ActionPrograms.Source(
              readObject(), ActionSettings.encode(isInterpretedWanted), ringBytes));
    } catch (NativeException | LinkageError e) {
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private void run(BpfObject object, KernelEventSink sink, int wakeNumber) {
    BootClock bootClock = new BootClock(clock);
    NamespacePids pids = new NamespacePids(Path.of("/proc"));
    ActionReader records = new ActionReader(bootId, bootClock, pids, sink, mounted);
    try (object;
        BpfRing ring = new BpfRing(object, "records");
        BpfRing bell = new BpfRing(object, "bell");
        BpfArray losses = new BpfArray(object, "losses", 1)) {
      ActionLoop.Maps maps = new ActionLoop.Maps(ring, bell, losses);
      new ActionLoop(maps, thread, sink, clock, records).run(wakeNumber);
    }
  }

  static byte[] readObject() {
    try (InputStream stream =
        Objects.requireNonNull(ActionSensor.class.getResourceAsStream(OBJECT), OBJECT)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + OBJECT, e);
    }
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
  public List<String> blindSpots() {
    return blindSpots;
  }

  @Override
  public void close() {
    thread.stop();
  }
}
