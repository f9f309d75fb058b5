package io.exonward.agent;

import com.sun.management.OperatingSystemMXBean;
import io.exonward.agent.enrich.Containers;
import io.exonward.agent.enrich.DpkgDatabase;
import io.exonward.agent.enrich.ExecutionEnricher;
import io.exonward.agent.enrich.Executions;
import io.exonward.agent.enrich.Repetitions;
import io.exonward.agent.enrich.UserNames;
import io.exonward.agent.health.Counters;
import io.exonward.agent.inspect.HashingInspector;
import io.exonward.agent.inspect.InspectLimits;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.DetailSwitch;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.agent.spool.Spool;
import io.exonward.agent.spool.SpoolLimits;
import io.exonward.agent.spool.SpoolSink;
import io.exonward.common.process.ProcessId;
import io.exonward.common.wire.EventCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what one execution costs the agent, from the ring to the spool: {@code ExecutionCost
 * [PROGRAM [EXECUTIONS [all]]]}. With {@code all} the code is hashed and fanotify runs; else the
 * eBPF sensor alone. Needs root. Prints CPU time of this process for each execution, round by
 * round, and what its threads have of it; the rest is the compiler. The first rounds are warm-up.
 */
final class ExecutionCost {
  private static final int ROUNDS = 6;

  private ExecutionCost() {}

  /** Arguments as in the class comment. */
  @SuppressWarnings("SystemOut") // a program, not a test
  public static void main(String[] arguments) throws IOException {
    String program = arguments.length > 0 ? arguments[0] : "/bin/true";
    int executions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
    boolean isWhole = arguments.length > 2 && arguments[2].equals("all");
    Path folder = Files.createTempDirectory("cost");
    Path storm = KernelTests.compile("marks", folder);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    try (Measured agent = new Measured(folder, isWhole)) {
      for (int round = 0; round < ROUNDS; round++) {
        long seen = agent.executions();
        long cpu = system.getProcessCpuTime();
        Map<String, Long> threads = threadNanos();
        KernelTests.run(storm, executions, program, "mark-" + UUID.randomUUID() + "-");
        agent.await(seen + executions);
        double all = agent.executions() - seen; // the host's own too
        System.out.printf(
            Locale.ROOT,
            "round %d: %.2f us for each of %.0f executions:",
            round,
            (system.getProcessCpuTime() - cpu) / 1e3 / all,
            all);
        threadNanos()
            .forEach((name, nanos) -> {
              double micros = (nanos - threads.getOrDefault(name, 0L)) / 1e3 / all;
              if (micros >= 0.05) {
                System.out.printf(Locale.ROOT, " %s %.2f", name, micros);
              }
            });
        System.out.println();
      }
      System.out.println(agent.counters.counts() + " " + agent.counters.losses());
    }
  }

  private static Map<String, Long> threadNanos() {
    Map<String, Long> nanos = new TreeMap<>();
    var threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      var thread = threads.getThreadInfo(id);
      if (thread != null) {
        nanos.merge(thread.getThreadName(), threads.getThreadCpuTime(id), Long::sum);
      }
    }
    return nanos;
  }

  private static final class Measured implements AutoCloseable {
    private final Counters counters = new Counters();
    private final List<AutoCloseable> parts = new ArrayList<>();

    Measured(Path folder, boolean isWhole) throws IOException {
      Clock clock = Clock.systemUTC();
      UUID boot = BootId.read();
      ProcfsReader processes = new ProcfsReader(boot, clock);
      HashingInspector hashing = new HashingInspector(InspectLimits.defaults(), processes, clock);
      Spool spool = Spool.open(folder.resolve("spool"), SpoolLimits.ofBytes(64 << 20), clock);
      WorkQueue queue = new WorkQueue(16_384, clock);
      DetailSwitch detail = new DetailSwitch();
      detail.set(Detail.valueOf(System.getProperty("detail", "FULL")));
      SensorLadder ladder =
          new SensorLadder(
              List.of(new EbpfSensor(EbpfSensor.Setting.of(boot, clock, detail))),
              isWhole ? new FanotifySensor(hashing, clock) : null,
              null,
              queue,
              clock);
      Repetitions repetitions =
          new Repetitions(new SpoolSink(spool, EventCodec::encode, clock), clock, 4096);
      ProcessTable table = ProcessTable.ofDefaultSize();
      ExecutionEnricher enricher =
          new ExecutionEnricher(
              table,
              new Containers(Path.of("/proc")),
              new UserNames(Path.of("/etc/passwd"), clock),
              new DpkgDatabase(Path.of("/var/lib/dpkg"), clock));
      Pipeline pipeline =
          new Pipeline(
              new Pipeline.Parts(
                  queue,
                  new Nobody(),
                  table,
                  isWhole ? hashing : new UnreadCode(),
                  new Executions(enricher, repetitions, repetitions, () -> 1, detail),
                  _ -> {},
                  _ -> {},
                  repetitions,
                  counters,
                  clock,
                  repetitions::sendDue,
                  repetitions::flush,
                  () -> {}));
      ladder.start();
      pipeline.start();
      parts.addAll(List.of(ladder, pipeline, hashing, spool));
    }

    long executions() {
      return counters.counts().getOrDefault("executions", 0L);
    }

    void await(long wanted) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (executions() < wanted && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
    }

    @Override
    public void close() {
      for (AutoCloseable part : parts) {
        try {
          part.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static final class Nobody implements RunningProcesses {
    @Override
    public List<Found> all() {
      return List.of();
    }

    @Override
    public Optional<KernelEvent.Exec> read(ProcessId process) {
      return Optional.empty();
    }
  }
}
