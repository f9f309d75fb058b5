package io.exonward.agent;

import io.exonward.agent.enrich.Executions;
import io.exonward.agent.health.Counters;
import io.exonward.agent.health.Counters.Counter;
import io.exonward.agent.inspect.CodeInspector;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.Image;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.process.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that turns what sensors saw into events: process table, inspection, enrichment,
 * and on to the next stage. It owns everything that it was made with.
 */
final class Pipeline implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pipeline.class);
  private static final int AT_ONCE = 512;
  private static final long MAX_WAIT_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Duration CHORES_EVERY = Duration.ofMillis(100);
  private static final Duration RESYNC_EVERY = Duration.ofSeconds(2);
  // Much longer than sensors let events wait for each other.
  private static final Duration EVENTS_COME_WITHIN = Duration.ofMillis(500);
  private static final Duration STOP_WITHIN = Duration.ofMillis(800);

  private final Parts parts;
  private final Thread thread = new Thread(this::run, "pipeline");
  private volatile boolean isStopping;
  private volatile int processes;

  // Confined to the thread.
  private Instant now = Instant.MIN; // when the batch was taken
  private int inspecting;
  private boolean isResyncDue = true;
  private Instant resyncAt = Instant.MIN;
  private List<RunningProcesses.Found> found = List.of();

  /**
   * What a pipeline is made of.
   *
   * @param next takes events; every other part of it is in {@code chores}
   * @param chores called on the pipeline's thread, after each batch of work and when they are due
   * @param onStop called on the pipeline's thread as the last thing
   * @param onFailure called if the thread ends by a fault
   */
  record Parts(
      WorkQueue queue,
      RunningProcesses running,
      ProcessTable table,
      CodeInspector inspector,
      Executions executions,
      Consumer<KernelEvent.Load> loads,
      Consumer<KernelEvent.Action> actions,
      EventSink next,
      Counters counters,
      InstantSource clock,
      Chores chores,
      Runnable onStop,
      Runnable onFailure) {}

  Pipeline(Parts parts) {
    this.parts = parts;
  }

  /** Starts with the processes that run already. */
  void start() {
    thread.start();
  }

  /** Processes in the table; thread-safe. */
  int processes() {
    return processes;
  }

  private void run() {
    try {
      Instant due = Instant.MIN;
      Instant choresAt = Instant.MIN;
      while (!isStopping) {
        boolean worked = step(millisUntil(due));
        if (worked && now.isBefore(choresAt)) {
          due = Chores.earliest(due, choresAt);
        } else {
          due = Chores.earliest(parts.chores.runDue(), resyncIfDue());
          choresAt = now.plus(CHORES_EVERY);
        }
      }
      drain();
      parts.onStop.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.atError().addKeyValue("error", e).log("the pipeline failed");
      parts.onFailure.run();
    }
  }

  private long millisUntil(Instant due) {
    Instant current = parts.clock.instant();
    if (!due.isAfter(current)) {
      return 0;
    }
    return due.isAfter(current.plusMillis(MAX_WAIT_MILLIS))
        ? MAX_WAIT_MILLIS
        : Duration.between(current, due).toMillis() + 1;
  }

  private Instant resyncIfDue() {
    if (!isResyncDue && found.isEmpty()) {
      return Instant.MAX;
    }
    if (parts.clock.instant().isBefore(resyncAt)) {
      return resyncAt;
    }
    if (found.isEmpty()) {
      lookWhoRuns();
    } else {
      backfill();
    }
    return found.isEmpty() && !isResyncDue ? Instant.MAX : resyncAt;
  }

  /** Returns whether there was anything to do. */
  private boolean step(long waitMillis) throws InterruptedException {
    WorkQueue.Work work = parts.queue.take(AT_ONCE, waitMillis);
    now = parts.clock.instant();
    work.finished().forEach(Runnable::run);
    for (KernelEvent event : work.events()) {
      handle(event);
    }
    parts.queue.takeOverflow().ifPresent(this::report);
    processes = parts.table.size();
    return !work.events().isEmpty() || !work.finished().isEmpty();
  }

  private void drain() throws InterruptedException {
    Instant end = parts.clock.instant().plus(STOP_WITHIN);
    WorkQueue.Work work;
    do {
      work = parts.queue.take(AT_ONCE, inspecting > 0 ? 50 : 0);
      now = parts.clock.instant();
      work.finished().forEach(Runnable::run);
      work.events().forEach(this::handle);
    } while ((inspecting > 0 || !work.events().isEmpty()) && parts.clock.instant().isBefore(end));
  }

  private void handle(KernelEvent event) {
    switch (event) {
      case KernelEvent.Exec exec -> begin(exec);
      case KernelEvent.Load load -> parts.loads.accept(load);
      case KernelEvent.Action action -> parts.actions.accept(action);
      case KernelEvent.Fork fork -> parts.table.forked(fork.parent(), fork.child());
      case KernelEvent.Exit exit -> parts.table.ended(exit.process());
      case KernelEvent.Lost lost -> {
        isResyncDue = true;
        report(
            new Event.Loss(lost.cause(), lost.from(), lost.to(), lost.count(), lost.sensor()),
            lost.to());
      }
    }
  }

  private void begin(KernelEvent.Exec exec) {
    if (parts.executions.repeat(exec, now)) {
      parts.inspector.executedAgain(exec);
      parts.counters.add(Counter.EXECUTIONS, 1);
      return;
    }
    Executions.Begun begun = parts.executions.begin(exec, now);
    inspecting++;
    parts.inspector.inspect(
        exec,
        inspection -> {
          if (Thread.currentThread() == thread) {
            complete(begun, inspection);
          } else {
            parts.queue.finish(() -> complete(begun, inspection));
          }
        });
  }

  private void complete(Executions.Begun begun, Inspection inspection) {
    inspecting--;
    boolean isBackfill = begun.exec().isBackfill();
    parts.counters.add(isBackfill ? Counter.BACKFILLED : Counter.EXECUTIONS, 1);
    parts.executions.complete(begun, inspection);
  }

  private void report(WorkQueue.Overflow overflow) {
    isResyncDue = true;
    report(
        new Event.Loss(LossCause.AGENT_QUEUE, overflow.since(), now, overflow.count(), null), now);
  }

  private void report(Event.Loss loss, Instant at) {
    parts.counters.lost(loss.cause(), loss.count());
    parts.next.accept(new ObservedEvent(at, parts.clock.instant(), loss));
  }

  /** The first half of bringing the table up to date: who is gone has ended. */
  private void lookWhoRuns() {
    isResyncDue = false;
    resyncAt = parts.clock.instant().plus(EVENTS_COME_WITHIN);
    found = parts.running.all();
    Set<ProcessId> processes = HashSet.newHashSet(found.size());
    found.forEach(one -> processes.add(one.process()));
    parts.table.retain(processes);
  }

  /**
   * The second half, when what had happened by then was told: who ran and still is not known, or as
   * something else, is backfilled.
   */
  private void backfill() {
    resyncAt = parts.clock.instant().plus(RESYNC_EVERY);
    List<RunningProcesses.Found> running = found;
    found = List.of();
    for (RunningProcesses.Found one : running) {
      if (!isKnown(one)) {
        parts.running.read(one.process()).ifPresent(this::begin);
      }
    }
  }

  private boolean isKnown(RunningProcesses.Found found) {
    Image image = parts.table.image(found.process());
    return image != null
        && (found.executable() == null || found.executable().equals(image.executable()));
  }

  /** Handles what is there and stops, in less than a second. */
  @Override
  public void close() {
    isStopping = true;
    parts.queue.finish(() -> {}); // it may wait for a long time
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
