package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.enrich.Containers;
import io.exonward.agent.enrich.DpkgDatabase;
import io.exonward.agent.enrich.ExecutionEnricher;
import io.exonward.agent.enrich.Executions;
import io.exonward.agent.enrich.Repetitions;
import io.exonward.agent.enrich.UserNames;
import io.exonward.agent.health.Counters;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.process.ProcessId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pipeline makes of a loss, and that it sleeps while nothing is due. */
final class PipelineTest {
  private static final UUID BOOT = new UUID(1, 2);
  private static final Instant FROM = Instant.ofEpochSecond(100);

  private final Clock clock = Clock.systemUTC();
  private final WorkQueue queue = new WorkQueue(100, clock);
  private final Map<ProcessId, KernelEvent.Exec> alive = new ConcurrentHashMap<>();
  private final BlockingQueue<ObservedEvent> sent = new LinkedBlockingQueue<>();
  private final Counters counters = new Counters();
  private final ProcessTable table = ProcessTable.ofDefaultSize();
  private final Pipeline pipeline = pipeline();

  private Pipeline pipeline() {
    Repetitions repetitions = new Repetitions(sent::add, table::ancestry, clock, 100);
    Path nowhere = Path.of("/nonexistent");
    ExecutionEnricher enricher =
        new ExecutionEnricher(
            table,
            new Containers(nowhere),
            new UserNames(nowhere, clock),
            new DpkgDatabase(nowhere, clock));
    return new Pipeline(
        new Pipeline.Parts(
            queue,
            new Alive(),
            table,
            new UnreadCode(),
            new Executions(
                enricher,
                repetitions,
                repetitions,
                new Executions.Versions(() -> 0, () -> 0),
                () -> Detail.FULL),
            _ -> {},
            _ -> {},
            repetitions,
            counters,
            clock,
            repetitions::sendDue,
            repetitions::flush,
            () -> {}));
  }

  private final class Alive implements RunningProcesses {
    @Override
    public List<Found> all() {
      return alive.values().stream().map(e -> new Found(e.process(), e.path())).toList();
    }

    @Override
    public Optional<KernelEvent.Exec> read(ProcessId process) {
      return Optional.ofNullable(alive.get(process));
    }
  }

  private static KernelEvent.Exec exec(int pid, String path, boolean isBackfill) {
    return new KernelEvent.Exec(
        isBackfill,
        new ProcessId(BOOT, pid, 1),
        null,
        new KernelEvent.Circumstances(0, 0, CodeOrigin.FILE, null, null, path, 0, 0, false),
        List.of(path),
        false,
        null,
        FROM);
  }

  private void isAlive(int pid, String path) {
    KernelEvent.Exec exec = exec(pid, path, true);
    alive.put(exec.process(), exec);
  }

  private Event next() {
    try {
      ObservedEvent event = sent.poll(10, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event");
      }
      return event.event();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void start_processesRunning_areBackfilled() {
    isAlive(5, "/bin/a");

    pipeline.start();

    assertTrue(next() instanceof Event.Execution found && found.isBackfill());
  }

  @Test
  void lost_isReportedWithItsIntervalAndTheLivingAreRestored() {
    isAlive(5, "/bin/a");
    isAlive(6, "/bin/b");
    pipeline.start();
    List<String> first = new ArrayList<>();
    first.add(path(next()));
    first.add(path(next()));
    alive.remove(new ProcessId(BOOT, 6, 1));
    isAlive(5, "/bin/changed");
    isAlive(7, "/bin/new");

    Instant to = FROM.plusSeconds(1);
    queue.accept(new KernelEvent.Lost("ebpf", LossCause.KERNEL_BUFFER, FROM, to, 3));

    assertEquals(List.of("/bin/a", "/bin/b"), first.stream().sorted().toList());
    assertEquals(new Event.Loss(LossCause.KERNEL_BUFFER, FROM, to, 3, "ebpf"), next());
    List<String> restored = List.of(path(next()), path(next()));
    assertEquals(List.of("/bin/changed", "/bin/new"), restored.stream().sorted().toList());
    assertEquals(Map.of("kernel_buffer", 3L), counters.losses());
  }

  private static String path(Event event) {
    return event instanceof Event.Execution execution
        ? String.valueOf(execution.executable())
        : event.toString();
  }

  @Test
  void accept_repetition_isSentWithinItsTimeWithoutMoreWork() {
    pipeline.start();
    queue.acceptAll(List.of(exec(8, "/bin/x", false), exec(9, "/bin/x", false)));

    assertTrue(next() instanceof Event.Execution);
    assertTrue(next() instanceof Event.Repetition repetition && repetition.count() == 1);
  }

  @Test
  void close_idle_endsAtOnce() {
    pipeline.start();
    isAlive(5, "/bin/a");

    long before = System.nanoTime();
    pipeline.close();

    assertTrue(System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(1900));
  }
}
