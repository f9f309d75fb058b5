package io.exonward.server.gene;

import java.util.concurrent.atomic.LongAdder;

/** What was asked and answered since the server started, for its metrics. Thread-safe. */
public final class GeneCounters {
  private final LongAdder asked = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder unasked = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder compared = new LongAdder();

  void countAsked() {
    asked.increment();
  }

  void countAnswered() {
    answered.increment();
  }

  void countExpired() {
    expired.increment();
  }

  /** An agent sent what it was not asked for. */
  void countUnasked() {
    unasked.increment();
  }

  void countDropped(int sightings) {
    dropped.add(sightings);
  }

  void countCompared() {
    compared.increment();
  }

  /** Requests that were sent. */
  public long asked() {
    return asked.sum();
  }

  /** Answers to open requests. */
  public long answered() {
    return answered.sum();
  }

  /** Requests that were not answered in time. */
  public long expired() {
    return expired.sum();
  }

  /** Answers that nobody had asked for, or that came too late; they count for nothing. */
  public long unasked() {
    return unasked.sum();
  }

  /** Sightings left out because too many waited. */
  public long dropped() {
    return dropped.sum();
  }

  /** Code objects that were compared with all families. */
  public long compared() {
    return compared.sum();
  }
}
