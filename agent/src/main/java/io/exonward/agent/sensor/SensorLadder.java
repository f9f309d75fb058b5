package io.exonward.agent.sensor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the best sensor of executions that this kernel lets us start, and fanotify beside it. When a
 * running one breaks, the next is started within a second and the gap is reported as a loss. A
 * sensor that was refused or broke is not tried again. Thread-safe.
 */
public final class SensorLadder implements AutoCloseable {
  private static final long WATCH_MILLIS = 250;

  private final List<Sensor> candidates;
  private final @Nullable FanotifySensor fanotify;
  private final @Nullable Sensor actions;
  private final KernelEventSink sink;
  private final Clock clock;
  private final List<Consumer<Coverage>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sensor-ladder").daemon().factory());

  @GuardedBy("this")
  private int next;

  @GuardedBy("this")
  private @Nullable Sensor running;

  @GuardedBy("this")
  private Instant healthyAt;

  private volatile Coverage coverage;

  /**
   * Makes a ladder that is not started; it owns its sensors.
   *
   * @param candidates sensors of executions, best first
   * @param fanotify null where bytes of files are not wanted
   * @param actions null where loads and actions are not wanted
   * @param sink takes what the sensors see
   */
  public SensorLadder(
      List<Sensor> candidates,
      @Nullable FanotifySensor fanotify,
      @Nullable Sensor actions,
      KernelEventSink sink,
      Clock clock) {
    this.candidates = List.copyOf(candidates);
    this.fanotify = fanotify;
    this.actions = actions;
    this.sink = sink;
    this.clock = clock;
    healthyAt = clock.instant();
    coverage = new Coverage(Coverage.SensorLevel.NONE, statuses(), List.of(), healthyAt);
  }

  /** Calls {@code listener} with each change of state from now on, on a thread of the ladder. */
  public void onChange(Consumer<Coverage> listener) {
    listeners.add(listener);
  }

  /** Starts what can be started; {@link #coverage} tells what that is. */
  public void start() {
    if (fanotify != null) {
      try {
        fanotify.start(sink);
      } catch (SensorUnavailableException e) {
        // Its status says why; executions go without their bytes then.
      }
    }
    if (actions != null) {
      try {
        actions.start(sink);
      } catch (SensorUnavailableException e) {
        // Its status says why.
      }
    }
    synchronized (this) {
      startNext();
    }
    updateCoverage();
    var _ =
        watch.scheduleWithFixedDelay(this::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  @GuardedBy("this")
  private void startNext() {
    running = null;
    while (running == null && next < candidates.size()) {
      Sensor candidate = candidates.get(next++);
      try {
        candidate.start(new Following());
        running = candidate;
        healthyAt = clock.instant();
      } catch (SensorUnavailableException e) {
        candidate.close(); // its status says why
      }
    }
  }

  /** Lets fanotify follow executions into filesystems that it does not know. */
  private final class Following implements KernelEventSink {
    @Override
    public void accept(KernelEvent event) {
      follow(event);
      sink.accept(event);
    }

    @Override
    public void acceptAll(List<? extends KernelEvent> events) {
      events.forEach(this::follow);
      sink.acceptAll(events);
    }

    private void follow(KernelEvent event) {
      if (event instanceof KernelEvent.Exec exec && fanotify != null) {
        fanotify.follow(exec);
      }
    }
  }

  private void look() {
    synchronized (this) {
      Sensor current = running;
      if (current != null && current.status().state() == SensorState.FAILED) {
        current.close();
        Instant from = healthyAt;
        startNext();
        sink.accept(
            new KernelEvent.Lost(
                current.name(), LossCause.SENSOR_FAILED, from, clock.instant(), 0));
      } else {
        healthyAt = clock.instant();
      }
    }
    updateCoverage();
  }

  /** What can be seen now, with fresh counts. */
  public Coverage coverage() {
    Coverage current = coverage;
    return new Coverage(current.level(), statuses(), current.blindSpots(), current.since());
  }

  private void updateCoverage() {
    Coverage before = coverage;
    List<SensorStatus> statuses = statuses();
    if (CoverageRules.isSameState(before.sensors(), statuses)
        && before.level() == CoverageRules.level(statuses)) {
      return;
    }
    Coverage now =
        new Coverage(
            CoverageRules.level(statuses),
            statuses,
            CoverageRules.blindSpots(statuses),
            clock.instant());
    coverage = now;
    listeners.forEach(listener -> listener.accept(now));
  }

  private List<SensorStatus> statuses() {
    List<SensorStatus> statuses = new ArrayList<>();
    candidates.forEach(sensor -> statuses.add(sensor.status()));
    if (fanotify != null) {
      statuses.add(fanotify.status());
    }
    if (actions != null) {
      statuses.add(actions.status());
    }
    return statuses;
  }

  /** Stops everything. */
  @Override
  public void close() {
    watch.shutdownNow();
    candidates.forEach(Sensor::close);
    if (fanotify != null) {
      fanotify.close();
    }
    if (actions != null) {
      actions.close();
    }
  }
}
