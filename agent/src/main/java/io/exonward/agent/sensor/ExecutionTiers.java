package io.exonward.agent.sensor;

import io.exonward.agent.sensor.WitnessCheck.Finding;
import io.exonward.common.event.Coverage.SensorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the best sensor of executions that works delivers, and no other. One that takes
 * over because there is none delivers from its start; if it then does not see its proof, the next
 * takes over. A better one that is tried while another runs first proves itself; then both change
 * over at a moment in the near future, by the times of their events. Confined to the loop.
 */
final class ExecutionTiers {
  private static final String UNSEEN = "saw nothing of a program that was run to prove it";

  /** Times that a hand-over waits for a better sensor that is behind. */
  private static final int MAX_PATIENCE = 10;

  private final List<Rung> rungs;
  private final LadderParts parts;
  private final KernelEventSink sink;
  private final Supplier<OptionalLong> machineForks;
  private final Runnable onSettled;
  private WitnessCheck check = new WitnessCheck();
  private @Nullable Attempt active;
  private @Nullable Attempt challenger;
  private @Nullable Attempt retiring;
  private @Nullable Gap gap;

  /** Since when nothing is seen, and whose fault that is. */
  private record Gap(String sensor, Instant from) {}

  /**
   * @param rungs best first
   * @param sink takes what the sensor that delivers sees
   * @param onSettled called when one has proven itself or all were refused, each time
   */
  ExecutionTiers(
      List<Rung> rungs,
      LadderParts parts,
      KernelEventSink sink,
      Supplier<OptionalLong> machineForks,
      Runnable onSettled) {
    this.rungs = List.copyOf(rungs);
    this.parts = parts;
    this.sink = sink;
    this.machineForks = machineForks;
    this.onSettled = onSettled;
  }

  /** Starts the best that can be started. */
  void climb() {
    active = null;
    for (Rung rung : rungs) {
      if (active == null && !rung.isPausing()) {
        active = begin(rung, true);
      }
    }
    if (active == null) {
      onSettled.run();
    }
    parts.onChange().run();
  }

  private @Nullable Attempt begin(Rung rung, boolean isOpen) {
    Attempt attempt = rung.begin(isOpen, this::proven, a -> failed(a, reasonOf(a)), sink);
    if (attempt == null) {
      rung.pause(parts.clock().instant(), () -> retry(rung));
    } else {
      attempt.prove(this::proven, this::unseen);
    }
    return attempt;
  }

  private static String reasonOf(Attempt attempt) {
    String detail = attempt.sensor().status().detail();
    return detail == null ? "it ended" : detail;
  }

  private void retry(Rung rung) {
    Attempt running = active;
    if (running == null) {
      climb();
    } else if (rungs.indexOf(rung) < rungs.indexOf(running.rung())) {
      if (challenger == null && retiring == null) {
        challenger = begin(rung, false);
      } else {
        rung.pause(parts.timing().handOver().multipliedBy(4), () -> retry(rung));
      }
    }
  }

  private void proven(Attempt attempt) {
    attempt.rung().runs(attempt);
    if (attempt == challenger) {
      handOver(attempt);
    } else if (attempt == active) {
      closeGap(attempt.deliversFrom());
    }
    parts.onChange().run();
    onSettled.run();
  }

  private void closeGap(Instant to) {
    Gap closing = gap;
    gap = null;
    if (closing != null) {
      parts.reportGap(closing.sensor, closing.from, to);
    }
  }

  private void handOver(Attempt better) {
    Attempt worse = active;
    active = better;
    challenger = null;
    check = new WitnessCheck();
    if (worse == null) {
      better.open();
      return;
    }
    Duration ahead = parts.timing().handOver();
    HandOver turn = new HandOver(parts.clock().instant().plus(ahead));
    better.gate().open(turn::isOfBetter);
    worse.gate().open(turn::isOfWorse);
    retiring = worse;
    parts.after(ahead.multipliedBy(2), () -> retire(worse, turn));
  }

  private void retire(Attempt worse, HandOver turn) {
    if (retiring == worse) {
      retiring = null;
      finish(worse);
      conclude(worse, turn, MAX_PATIENCE);
      parts.onChange().run();
    }
  }

  /** Waits for the better sensor while it is behind, then reports what it did not see. */
  private void conclude(Attempt worse, HandOver turn, int patience) {
    Attempt better = active;
    if (patience > 0 && better != null && !turn.isCaughtUp(better.gate().newest(turn.at()))) {
      parts.after(parts.timing().handOver(), () -> conclude(worse, turn, patience - 1));
      return;
    }
    turn.unseenByBetter().forEach(sink::accept); // while what the better one sees is still noted
    if (better != null) {
      better.gate().open(turn::isOfBetterAlone, turn::isLongPast);
    }
    if (CoverageRules.looksNowAndThen(worse.rung().name())) {
      parts.reportGap(worse.rung().name(), worse.gate().newest(worse.startedAt()), turn.at());
    }
  }

  private void unseen(Attempt attempt) {
    if (attempt.isProven()) {
      failed(attempt, attempt.doubt() + ", and " + UNSEEN);
    } else {
      lose(attempt, SensorState.UNAVAILABLE, UNSEEN, attempt.startedAt());
    }
  }

  private void failed(Attempt attempt, String reason) {
    Instant from =
        attempt.doubt() == null ? attempt.gate().newest(attempt.startedAt()) : attempt.goodAt();
    lose(attempt, SensorState.FAILED, reason, from);
  }

  private void lose(Attempt attempt, SensorState state, String reason, Instant from) {
    if (attempt.isOver()) {
      return;
    }
    Rung rung = attempt.rung();
    attempt.over();
    attempt.gate().shut();
    rung.end(attempt, state, reason);
    rung.pause(attempt.startedAt(), () -> retry(rung));
    if (attempt == challenger) {
      challenger = null;
    } else if (attempt == retiring) {
      retiring = null;
      Attempt better = active;
      if (better != null) {
        better.gate().open();
      }
      parts.reportGap(rung.name(), from, parts.clock().instant());
    } else if (attempt == active) {
      replace(attempt, from);
    }
    attempt.sensor().close(); // last: it may take its time
    parts.onChange().run();
  }

  private void replace(Attempt lost, Instant from) {
    gap = gap == null && lost.isProven() ? new Gap(lost.rung().name(), from) : gap;
    check = new WitnessCheck();
    Attempt next = challenger;
    Attempt previous = retiring;
    challenger = null;
    retiring = null;
    if (previous != null) { // it still runs: nothing is better than that
      previous.gate().open();
      active = previous;
      closeGap(parts.clock().instant());
    } else if (next != null) {
      next.open();
      active = next;
    } else {
      climb();
    }
  }

  private void finish(Attempt attempt) {
    attempt.over();
    attempt.gate().shut();
    attempt.sensor().close();
    attempt.rung().end(attempt, SensorState.STANDBY, null);
  }

  /** Compares what the sensor that delivers says with what is counted elsewhere. */
  void compare() {
    Attempt running = active;
    if (running == null || !running.isProven() || running.isAwaitingProof()) {
      return;
    }
    WitnessCheck.Reading reading =
        new WitnessCheck.Reading(
            machineForks.get(),
            running.sensor().status().events(),
            running.sensor().witness().map(WitnessCheck.Counts::of).orElse(null));
    switch (check.compare(reading)) {
      case Finding.Agrees() -> {
        running.agrees();
        running.doubt(null);
        running.rung().runs(running);
      }
      case Finding.Doubts(String reason) -> {
        running.doubt(reason);
        running.prove(this::proven, this::unseen);
      }
      case Finding.Contradicts(String reason) -> {
        running.doubt(reason);
        failed(running, reason);
      }
    }
    parts.onChange().run();
  }

  /** Stops all; what was not seen until now is reported. */
  void stop() {
    List<@Nullable Attempt> all = new ArrayList<>();
    all.add(active);
    all.add(challenger);
    all.add(retiring);
    for (Attempt attempt : all) {
      if (attempt != null && !attempt.isOver()) {
        attempt.over();
        attempt.gate().shut();
        attempt.sensor().close(); // and is not reported: the agent ends with it
      }
    }
    closeGap(parts.clock().instant());
    active = null;
    challenger = null;
    retiring = null;
  }
}
