package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that runs beside that of executions and has no substitute: when it fails it is only
 * tried again, later and later. Confined to the loop but for {@link #follow}.
 */
final class SideTier {
  /** What a failing sensor had in its hands was not older. */
  private static final Duration IN_HAND = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Rung rung;
  private final LadderParts parts;
  private final boolean seesExecutions;
  private final Runnable onSettled;
  private volatile @Nullable Attempt running;
  private @Nullable Instant blindSince;

  /**
   * @param seesExecutions it counts an event when a program is run, and is not believed otherwise
   * @param onSettled called when it runs or was refused, each time
   */
  SideTier(Rung rung, LadderParts parts, boolean seesExecutions, Runnable onSettled) {
    this.rung = rung;
    this.parts = parts;
    this.seesExecutions = seesExecutions;
    this.onSettled = onSettled;
  }

  void start() {
    Attempt attempt = rung.begin(true, this::proven, this::failed, parts.sink());
    running = attempt;
    if (attempt == null) {
      rung.pause(parts.clock().instant(), this::start);
      onSettled.run();
    } else if (seesExecutions) {
      attempt.prove(this::proven, this::unseen);
      look(attempt);
    } else {
      proven(attempt);
    }
    parts.onChange().run();
  }

  /** Its events go another way than through the gate: only their number shows them here. */
  private void look(Attempt attempt) {
    if (attempt.isAwaitingProof() && !attempt.isOver()) {
      if (attempt.sensor().status().events() > 0) {
        attempt.passed(this::proven);
      } else {
        parts.after(LOOK_EVERY, () -> look(attempt));
      }
    }
  }

  private void proven(Attempt attempt) {
    rung.runs(attempt);
    reportGap(attempt.startedAt());
    parts.onChange().run();
    onSettled.run();
  }

  private void reportGap(Instant to) {
    Instant from = blindSince;
    blindSince = null;
    if (from != null) {
      parts.reportGap(rung.name(), from, to);
    }
  }

  private void unseen(Attempt attempt) {
    end(attempt, SensorState.UNAVAILABLE, "saw no file of a program that was run to prove it");
    onSettled.run();
  }

  private void failed(Attempt attempt) {
    if (!attempt.isOver() && blindSince == null) {
      Instant before = parts.clock().instant().minus(IN_HAND);
      blindSince = before.isBefore(attempt.startedAt()) ? attempt.startedAt() : before;
    }
    String detail = attempt.sensor().status().detail();
    end(attempt, SensorState.FAILED, detail == null ? "it ended" : detail);
  }

  private void end(Attempt attempt, SensorState state, String reason) {
    if (!attempt.isOver()) {
      attempt.over();
      attempt.gate().shut();
      running = null;
      rung.end(attempt, state, reason);
      rung.pause(attempt.startedAt(), this::start);
      attempt.sensor().close();
      parts.onChange().run();
    }
  }

  /** Tells the sensor, if it runs, of an execution; thread-safe. */
  void follow(KernelEvent.Exec exec) {
    Attempt current = running;
    if (current != null) {
      current.sensor().follow(exec);
    }
  }

  void stop() {
    Attempt current = running;
    running = null;
    if (current != null && !current.isOver()) {
      current.over();
      current.sensor().close();
    }
    reportGap(parts.clock().instant());
  }
}
