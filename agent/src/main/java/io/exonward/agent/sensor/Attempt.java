package io.exonward.agent.sensor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One life of one sensor. Confined to the ladder's loop but for the gate. */
final class Attempt {
  private static final Duration LAUNCHED_WITHIN = Duration.ofSeconds(5);

  private final Rung rung;
  private final Sensor sensor;
  private final LadderParts parts;
  private final Gate gate;
  private final Instant startedAt;
  private boolean isAwaitingProof;
  private boolean isProven;
  private boolean isOver;
  private @Nullable String doubt;
  private Instant goodAt;
  private Instant deliversFrom;

  Attempt(
      Rung rung,
      Sensor sensor,
      LadderParts parts,
      boolean isOpen,
      Consumer<Attempt> onProof,
      KernelEventSink sink) {
    this.rung = rung;
    this.sensor = sensor;
    this.parts = parts;
    gate =
        new Gate(
            sink,
            parts.proofs(),
            isOpen,
            proof -> parts.loop().execute(() -> seen(proof, onProof)));
    startedAt = parts.clock().instant();
    goodAt = startedAt;
    deliversFrom = startedAt;
  }

  /** Runs a program and has {@code ifUnseen} called if the sensor does not see it. */
  void prove(Consumer<Attempt> onProof, Consumer<Attempt> ifUnseen) {
    isAwaitingProof = true;
    Proof proof = parts.proofs().start(parts.loop());
    var _ =
        proof
            .child()
            .copy()
            .orTimeout(LAUNCHED_WITHIN.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete(
                (_, error) -> parts.loop().execute(() -> launched(error, onProof, ifUnseen)));
  }

  private void launched(
      @Nullable Throwable error, Consumer<Attempt> onProof, Consumer<Attempt> ifUnseen) {
    if (error != null) {
      // That no program can be run says nothing of the sensor, and half-blind is better than blind.
      doubt = "not proven: " + error;
      passed(onProof);
      return;
    }
    parts.after(
        parts.timing().provenWithin(),
        () -> {
          if (isAwaitingProof && !isOver) {
            isAwaitingProof = false;
            ifUnseen.accept(this);
          }
        });
  }

  private void seen(Proof proof, Consumer<Attempt> onProof) {
    Proof.Child child = proof.child().getNow(null);
    if (child != null) {
      child.kill();
    }
    passed(onProof);
  }

  /** Says that the sensor has seen what it should; does nothing if that was known. */
  void passed(Consumer<Attempt> onProof) {
    if (isAwaitingProof && !isOver) {
      isAwaitingProof = false;
      isProven = true;
      agrees();
      onProof.accept(this);
    }
  }

  /** Lets through what the sensor sees from now on. */
  void open() {
    deliversFrom = parts.clock().instant();
    gate.open();
  }

  /** Until now it has missed nothing. */
  void agrees() {
    goodAt = parts.clock().instant();
  }

  void doubt(@Nullable String reason) {
    doubt = reason;
  }

  void over() {
    isOver = true;
  }

  Rung rung() {
    return rung;
  }

  Sensor sensor() {
    return sensor;
  }

  Gate gate() {
    return gate;
  }

  Instant startedAt() {
    return startedAt;
  }

  /** Since when its events go on. */
  Instant deliversFrom() {
    return deliversFrom;
  }

  boolean isProven() {
    return isProven;
  }

  boolean isAwaitingProof() {
    return isAwaitingProof;
  }

  boolean isOver() {
    return isOver;
  }

  /** What speaks against a sensor that runs all the same; null if nothing does. */
  @Nullable String doubt() {
    return doubt;
  }

  /** Until when it is known to have missed nothing, by proof or by comparison. */
  Instant goodAt() {
    return goodAt;
  }
}
