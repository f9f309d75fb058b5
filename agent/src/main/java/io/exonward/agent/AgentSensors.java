package io.exonward.agent;

import io.exonward.agent.inspect.HashingInspector;
import io.exonward.agent.inspect.InspectLimits;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.action.ActionSensor;
import io.exonward.agent.sensor.connector.ConnectorSensor;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.FanotifyMode;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.agent.sensor.procfs.ProcfsSensor;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kernel side: the sensors that the configuration allows, and the inspector that they feed. */
final class AgentSensors implements RunningProcesses, AutoCloseable {
  private final ProcfsReader processes;
  private final HashingInspector inspector;
  private final SensorLadder ladder;
  private final Supplier<Detail> detail;
  private final MarkedDevices marked = new MarkedDevices();
  private final AtomicReference<@Nullable FanotifySensor> fanotify = new AtomicReference<>();
  private final AtomicReference<@Nullable EbpfSensor> ebpf = new AtomicReference<>();
  private final Map<ProcessId, KernelEvent.Exec> running = new HashMap<>();

  /**
   * @param isPackaged whether a package may have a file at this path; thread-safe
   * @param detail how much is wanted now; thread-safe
   */
  AgentSensors(
      AgentConfig config,
      Predicate<String> isPackaged,
      Supplier<Detail> detail,
      KernelEventSink sink,
      Clock clock) {
    this.detail = detail;
    UUID bootId = BootId.read();
    processes = new ProcfsReader(bootId, clock);
    inspector = new HashingInspector(limits(config.maxFileBytes()), processes, isPackaged, clock);
    ladder =
        new SensorLadder(
            roles(config.sensors(), bootId, clock), new Holding(inspector, sink), clock);
  }

  private SensorLadder.Roles roles(AgentConfig.Sensors wanted, UUID bootId, Clock clock) {
    List<Supplier<Sensor>> executions = new ArrayList<>();
    if (wanted.ebpf()) {
      executions.add(() -> ebpf(bootId, clock));
    }
    if (wanted.connector()) {
      executions.add(() -> new ConnectorSensor(bootId, clock));
    }
    if (wanted.procfs()) {
      executions.add(() -> new ProcfsSensor(bootId, clock));
    }
    List<Supplier<Sensor>> actions = new ArrayList<>();
    if (wanted.actions()) {
      actions.add(
          () -> new ActionSensor(bootId, clock, wanted.interpretedFiles(), this::followMounts));
    }
    return new SensorLadder.Roles(executions, bytes(wanted, clock), actions);
  }

  private EbpfSensor ebpf(UUID bootId, Clock clock) {
    EbpfSensor sensor = new EbpfSensor(EbpfSensor.Setting.of(bootId, clock, detail));
    marked.tell(sensor);
    ebpf.set(sensor);
    return sensor;
  }

  private List<Supplier<Sensor>> bytes(AgentConfig.Sensors wanted, Clock clock) {
    return switch (wanted.fanotify()) {
      case OFF -> List.of();
      case NOTIFY -> List.of(() -> fanotify(FanotifyMode.NOTIFY, wanted, clock));
      case PERMISSION -> List.of(() -> fanotify(FanotifyMode.PERMISSION, wanted, clock));
    };
  }

  private FanotifySensor fanotify(FanotifyMode mode, AgentConfig.Sensors wanted, Clock clock) {
    FanotifySensor sensor =
        new FanotifySensor(
            inspector, clock, new FanotifySensor.Settings(mode, wanted.fanotifyAnswer()));
    sensor.onMark(marked);
    fanotify.set(sensor);
    return sensor;
  }

  /** A filesystem that has just been mounted is to be marked before anything is executed on it. */
  private boolean followMounts(int pid) {
    FanotifySensor current = fanotify.get();
    return current == null || current.followMounts(pid);
  }

  private static InspectLimits limits(long maxFileBytes) {
    InspectLimits usual = InspectLimits.defaults();
    return new InspectLimits(
        usual.deadline(),
        usual.readLimit(),
        maxFileBytes,
        usual.pending(),
        usual.queued(),
        usual.workers(),
        usual.abandoned(),
        usual.cacheEntries());
  }

  HashingInspector inspector() {
    return inspector;
  }

  SensorLadder ladder() {
    return ladder;
  }

  /** A living process by its pid. */
  Optional<ProcessId> identify(int pid) {
    return processes.identify(pid);
  }

  /** By the eBPF sensor's iterator where that runs, which knows identities; else by procfs. */
  @Override
  public List<Found> all() {
    running.clear();
    EbpfSensor current = ebpf.get();
    List<KernelEvent.Exec> iterated = current == null ? List.of() : current.running();
    iterated.forEach(exec -> running.put(exec.process(), exec));
    Stream<Found> found =
        iterated.isEmpty()
            ? processes.pids().stream()
                .flatMap(pid -> processes.identify(pid).stream())
                .map(process -> new Found(process, null))
            : iterated.stream().map(exec -> new Found(exec.process(), exec.path()));
    return found.filter(process -> !ladder.isProof(process.process().pid())).toList();
  }

  @Override
  public Optional<KernelEvent.Exec> read(ProcessId process) {
    KernelEvent.Exec iterated = running.get(process);
    return iterated != null
        ? Optional.of(processes.withArguments(iterated))
        : processes.read(process.pid(), true);
  }

  /** Stops the sensors; the inspector still answers what it was asked. */
  void stopSensors() {
    ladder.close();
  }

  @Override
  public void close() {
    ladder.close();
    inspector.close();
  }
}
