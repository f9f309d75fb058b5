package io.exonward.agent;

import io.exonward.agent.inspect.HashingInspector;
import io.exonward.agent.inspect.InspectLimits;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.DetailSwitch;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.action.ActionSensor;
import io.exonward.agent.sensor.connector.ConnectorSensor;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.ebpf.EbpfSensor.Setting;
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
import org.jspecify.annotations.Nullable;

/** The kernel side: the sensors that the configuration allows, and the inspector that they feed. */
final class AgentSensors implements RunningProcesses, AutoCloseable {
  private final ProcfsReader processes;
  private final HashingInspector inspector;
  private final SensorLadder ladder;
  private final DetailSwitch detail = new DetailSwitch();
  private final @Nullable EbpfSensor ebpf;
  private final Map<ProcessId, KernelEvent.Exec> running = new HashMap<>();

  AgentSensors(AgentConfig config, KernelEventSink sink, Clock clock) {
    UUID bootId = BootId.read();
    processes = new ProcfsReader(bootId, clock);
    inspector = new HashingInspector(limits(config.maxFileBytes()), processes, clock);
    AgentConfig.Sensors wanted = config.sensors();
    List<Sensor> candidates = new ArrayList<>();
    ebpf = wanted.ebpf() ? new EbpfSensor(Setting.of(bootId, clock, detail)) : null;
    if (ebpf != null) {
      candidates.add(ebpf);
    }
    if (wanted.connector()) {
      candidates.add(new ConnectorSensor(bootId, clock));
    }
    if (wanted.procfs()) {
      candidates.add(new ProcfsSensor(bootId, clock));
    }
    ladder =
        new SensorLadder(
            candidates,
            wanted.fanotify() ? new FanotifySensor(inspector, clock) : null,
            wanted.actions()
                ? new ActionSensor(bootId, clock, wanted.interpretedFiles(), _ -> {})
                : null,
            sink,
            clock);
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

  /** How much detail the sensors and the pipeline give. */
  DetailSwitch detail() {
    return detail;
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
    List<KernelEvent.Exec> iterated = ebpf == null ? List.of() : ebpf.running();
    iterated.forEach(exec -> running.put(exec.process(), exec));
    if (!iterated.isEmpty()) {
      return iterated.stream().map(exec -> new Found(exec.process(), exec.path())).toList();
    }
    return processes.pids().stream()
        .flatMap(pid -> processes.identify(pid).stream())
        .map(process -> new Found(process, null))
        .toList();
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
