package io.exonward.agent.sensor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the best sensor of executions that works on this kernel, and others beside it. A sensor
 * works when it has seen a program that was run to prove it. When one breaks, the next is started
 * at once, the gap is reported as a loss, and the better one is tried again after pauses that grow.
 * One thread does all that, and sleeps while nothing fails. Thread-safe.
 */
public final class SensorLadder implements AutoCloseable {
  private static final long START_SECONDS = 10;
  private static final long STOP_SECONDS = 5;

  private final ScheduledThreadPoolExecutor loop =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("sensor-ladder").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy()); // what fails after the end is of no interest

  private final Clock clock;
  private final Timing timing;
  private final Proofs proofs;
  private final KernelEventSink sink;
  private final List<Rung> rungs = new ArrayList<>();
  private final List<SideTier> sides = new ArrayList<>();
  private final List<CompletableFuture<?>> settled = new ArrayList<>();
  private final ExecutionTiers executions;
  private final List<Consumer<Coverage>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong comparedAtNanos = new AtomicLong(System.nanoTime());

  @GuardedBy("this")
  private Coverage coverage;

  private Coverage told; // confined to the loop once started

  /**
   * Which sensors there are. Each is made anew for each attempt.
   *
   * @param executions best first; one of them runs at a time
   * @param bytes those that see the files of executed programs, and count an event for each
   * @param actions those of which it is enough that they have started
   */
  public record Roles(
      List<Supplier<Sensor>> executions,
      List<Supplier<Sensor>> bytes,
      List<Supplier<Sensor>> actions) {
    public Roles {
      executions = List.copyOf(executions);
      bytes = List.copyOf(bytes);
      actions = List.copyOf(actions);
    }
  }

  /**
   * Makes a ladder that is not started; it owns its sensors.
   *
   * @param sink takes what the sensors see
   */
  public SensorLadder(Roles roles, KernelEventSink sink, Clock clock) {
    this(roles, sink, clock, Timing.USUAL, new Proofs(Proofs::prepareSleep), MachineForks::read);
  }

  SensorLadder(
      Roles roles,
      KernelEventSink sink,
      Clock clock,
      Timing timing,
      Proofs proofs,
      Supplier<OptionalLong> machineForks) {
    this.clock = clock;
    this.timing = timing;
    this.proofs = proofs;
    this.sink = sink;
    LadderParts parts = new LadderParts(sink, clock, loop, proofs, timing, this::changed);
    List<Rung> tiers = roles.executions().stream().map(made -> new Rung(made, parts)).toList();
    rungs.addAll(tiers);
    executions = new ExecutionTiers(tiers, parts, new Following(), machineForks, settling());
    roles.bytes().forEach(made -> addSide(made, parts, true));
    roles.actions().forEach(made -> addSide(made, parts, false));
    coverage = CoverageRules.coverage(statuses(), List.of(), clock.instant());
    told = coverage;
  }

  private Runnable settling() {
    CompletableFuture<?> future = new CompletableFuture<>();
    settled.add(future);
    return () -> future.complete(null);
  }

  private void addSide(Supplier<Sensor> made, LadderParts parts, boolean seesExecutions) {
    Rung rung = new Rung(made, parts);
    rungs.add(rung);
    sides.add(new SideTier(rung, parts, seesExecutions, settling()));
  }

  /**
   * Calls {@code listener} with each change of state from now on, on a thread of the ladder.
   * Changes in short succession may come as one.
   */
  public void onChange(Consumer<Coverage> listener) {
    listeners.add(listener);
  }

  /** Starts what can be started and waits until it has proven itself; {@link #coverage} tells. */
  public void start() {
    sides.forEach(side -> loop.execute(side::start));
    loop.execute(executions::climb);
    CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** Lets the sensors beside follow executions into filesystems that they do not know. */
  private final class Following implements KernelEventSink {
    @Override
    public void accept(KernelEvent event) {
      follow(event);
      sink.accept(event);
    }

    @Override
    public boolean isFilling() {
      return sink.isFilling();
    }

    @Override
    public void acceptAll(List<? extends KernelEvent> events) {
      events.forEach(this::follow);
      sink.acceptAll(events);
    }

    private void follow(KernelEvent event) {
      if (event instanceof KernelEvent.Exec exec) {
        for (int i = 0; i < sides.size(); i++) { // an iterator would be garbage for each event
          sides.get(i).follow(exec);
        }
      }
    }
  }

  /**
   * Compares the running sensor with independent counts if that is due, on the ladder's thread; to
   * be called now and then, and cheap. Nothing is due more often than once a minute.
   */
  public void look() {
    long now = System.nanoTime();
    long before = comparedAtNanos.get();
    if (now - before >= timing.witnessEvery().toNanos()
        && comparedAtNanos.compareAndSet(before, now)) {
      loop.execute(executions::compare);
    }
  }

  /** Whether a process, by its id in our own pid namespace, was run only to prove a sensor. */
  public boolean isProof(int pid) {
    return proofs.isOurs(pid);
  }

  /** What can be seen now, with fresh counts. */
  public Coverage coverage() {
    List<SensorStatus> statuses = statuses();
    List<String> said = new ArrayList<>();
    rungs.forEach(rung -> said.addAll(rung.blindSpots()));
    Coverage now = CoverageRules.coverage(statuses, said, clock.instant());
    synchronized (this) {
      Instant since = CoverageRules.isSameState(coverage, now) ? coverage.since() : now.since();
      coverage = new Coverage(now.level(), statuses, now.blindSpots(), since);
      return coverage;
    }
  }

  /** Others may have asked since the change: what was told before is what counts. */
  private void changed() {
    Coverage now = coverage();
    if (!CoverageRules.isSameState(told, now)) {
      told = now;
      listeners.forEach(listener -> listener.accept(now));
    }
  }

  private List<SensorStatus> statuses() {
    return rungs.stream().map(Rung::status).toList();
  }

  /** Stops everything. */
  @Override
  public void close() {
    if (!loop.isShutdown()) {
      loop.execute(this::stop);
      loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      loop.shutdown();
    }
    try {
      if (!loop.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        loop.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      loop.shutdownNow();
    }
  }

  private void stop() {
    executions.stop();
    sides.forEach(SideTier::stop);
    proofs.close();
  }
}
