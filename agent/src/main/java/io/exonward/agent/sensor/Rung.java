package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.wire.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One place on the ladder: makes a fresh sensor for each attempt, and remembers across them what
 * was counted and why the last one ended. Confined to the ladder's loop but for {@link #status} and
 * {@link #blindSpots}.
 */
final class Rung {
  private final Supplier<Sensor> factory;
  private final LadderParts parts;
  private final RetryPauses pauses;
  private @Nullable Sensor fresh;
  private @Nullable String restarted;
  private int restarts;
  private boolean isPausing;
  private volatile Shown shown;

  /**
   * What others see.
   *
   * @param sensor the attempt that counts now; null between two
   * @param detail in place of the sensor's own; null for that
   * @param events of earlier attempts
   * @param losses of earlier attempts
   */
  private record Shown(
      String name,
      SensorState state,
      @Nullable Sensor sensor,
      @Nullable String detail,
      @Nullable String note,
      long events,
      long losses) {
    SensorStatus status() {
      SensorStatus own = sensor == null ? null : sensor.status();
      String text = own == null || detail != null ? detail : own.detail();
      String all = note == null ? text : text == null ? note : text + "; " + note;
      return new SensorStatus(
          name,
          state,
          all == null ? null : Limits.truncate(all, Limits.SENSOR_DETAIL_BYTES),
          events + (own == null ? 0 : own.events()),
          losses + (own == null ? 0 : own.losses()));
    }
  }

  Rung(Supplier<Sensor> factory, LadderParts parts) {
    this.factory = factory;
    this.parts = parts;
    pauses = new RetryPauses(parts.timing().pauses(), parts.timing().stableAfter());
    Sensor first = factory.get();
    fresh = first;
    shown = new Shown(first.name(), SensorState.STANDBY, null, null, null, 0, 0);
  }

  String name() {
    return shown.name;
  }

  /** State, and counts of all attempts; thread-safe. */
  SensorStatus status() {
    return shown.status();
  }

  /** What it does not see; empty unless it runs. Thread-safe. */
  List<String> blindSpots() {
    Shown now = shown;
    return now.sensor == null || now.state != SensorState.RUNNING
        ? List.of()
        : now.sensor.blindSpots();
  }

  /** Whether it will be tried again by itself, later. */
  boolean isPausing() {
    return isPausing;
  }

  /**
   * Starts a fresh sensor; null if that is refused, {@link #status} then says why.
   *
   * @param onProof called on the sensor's thread when it has seen a proof
   * @param onFailure called on the loop, perhaps before this returns
   */
  @Nullable Attempt begin(
      boolean isOpen,
      Consumer<Attempt> onProof,
      Consumer<Attempt> onFailure,
      KernelEventSink sink) {
    Sensor sensor = fresh != null ? fresh : factory.get();
    fresh = null;
    Attempt attempt = new Attempt(this, sensor, parts, isOpen, onProof, sink);
    sensor.onFailure(() -> parts.loop().execute(() -> onFailure.accept(attempt)));
    try {
      sensor.start(attempt.gate());
      return attempt;
    } catch (SensorUnavailableException | RuntimeException | LinkageError e) {
      end(attempt, SensorState.UNAVAILABLE, String.valueOf(e.getMessage()));
      sensor.close();
      return null;
    }
  }

  /** The attempt has proven itself and counts from now on. */
  void runs(Attempt attempt) {
    Shown before = shown;
    shown =
        new Shown(
            before.name,
            SensorState.RUNNING,
            attempt.sensor(),
            null,
            attempt.doubt() != null ? attempt.doubt() : restarted,
            before.events,
            before.losses);
  }

  /** The attempt is over; what it counted is kept. */
  void end(Attempt attempt, SensorState state, @Nullable String reason) {
    SensorStatus counts = attempt.sensor().status();
    Shown before = shown;
    if (state == SensorState.FAILED) {
      restarts++;
      restarted =
          "started anew %d times, last after %s at %s"
              .formatted(restarts, reason, parts.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    }
    shown =
        new Shown(
            before.name,
            state,
            null,
            reason,
            null,
            before.events + counts.events(),
            before.losses + counts.losses());
  }

  /** Has {@code retry} called after a pause that depends on how the attempts so far went. */
  void pause(Instant startedAt, Runnable retry) {
    Duration ran = Duration.between(startedAt, parts.clock().instant());
    pause(pauses.next(ran), retry);
  }

  void pause(Duration pause, Runnable retry) {
    isPausing = true;
    parts.after(
        pause,
        () -> {
          isPausing = false;
          retry.run();
        });
  }
}
