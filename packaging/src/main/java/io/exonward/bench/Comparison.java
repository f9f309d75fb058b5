package io.exonward.bench;

import io.exonward.bench.Outcome.Cost;
import io.exonward.bench.Outcome.Latency;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The cells of one load: each against the cells without an agent of its own round. Times change
 * from minute to minute on a machine that others use too; within a round they change least.
 */
final class Comparison {
  private static final double MICROS = 1e3;

  private final List<Cell> cells;

  /**
   * @param cells of one load, any subjects; the warm-up's are ignored
   */
  Comparison(List<Cell> cells) {
    this.cells = cells.stream().filter(cell -> cell.round() > 0).toList();
  }

  List<Cell> of(String subject) {
    return cells.stream().filter(cell -> cell.subject().equals(subject)).toList();
  }

  /** Wall time, without an agent it is 1. */
  Spread wallRatio(String subject) {
    return spread(subject, cell -> cost(cell).wall() / mean(cell, it -> cost(it).wall()));
  }

  /** Processor time of the load alone, in which what the kernel does for the subject is part. */
  Spread cpuRatio(String subject) {
    return spread(subject, cell -> cost(cell).cpu() / mean(cell, it -> cost(it).cpu()));
  }

  /** Processor time of subject and load together, without an agent it is 1. */
  Spread totalRatio(String subject) {
    return spread(
        subject,
        cell -> (cost(cell).cpu() + cell.subjectNanos()) / mean(cell, it -> cost(it).cpu()));
  }

  /** The subject's own processor time in milliseconds for 1,000 executions. */
  Spread subjectMillis(String subject) {
    return spread(subject, cell -> cell.subjectNanos() / MICROS / cell.executions());
  }

  /** The subject's own processor time in milliseconds for the whole load. */
  Spread subjectMillisInAll(String subject) {
    return spread(subject, cell -> cell.subjectNanos() / 1e6);
  }

  /**
   * What an execution costs more than without an agent, subject and load together, microseconds.
   */
  Spread addedMicros(String subject) {
    return spread(
        subject,
        cell ->
            (cost(cell).cpu() - mean(cell, it -> cost(it).cpu()) + cell.subjectNanos())
                / MICROS
                / cell.executions());
  }

  /** A latency in microseconds. */
  Spread micros(String subject, ToDoubleFunction<Latency> value) {
    return spread(subject, cell -> value.applyAsDouble(latency(cell)) / MICROS);
  }

  /** The same beyond that without an agent. */
  Spread moreMicros(String subject, ToDoubleFunction<Latency> value) {
    return spread(
        subject,
        cell ->
            (value.applyAsDouble(latency(cell))
                    - median(cell, it -> value.applyAsDouble(latency(it))))
                / MICROS);
  }

  private Spread spread(String subject, ToDoubleFunction<Cell> value) {
    return Spread.of(
        of(subject).stream()
            .filter(cell -> base(cell).findAny().isPresent())
            .map(value::applyAsDouble)
            .toList());
  }

  private Stream<Cell> base(Cell cell) {
    return cells.stream()
        .filter(it -> it.round() == cell.round() && it.subject().equals(Subject.NONE));
  }

  private double mean(Cell cell, ToDoubleFunction<Cell> value) {
    return base(cell).mapToDouble(value).average().orElse(Double.NaN);
  }

  private double median(Cell cell, ToDoubleFunction<Cell> value) {
    return Spread.of(base(cell).map(value::applyAsDouble).toList()).median();
  }

  private static Cost cost(Cell cell) {
    return (Cost) cell.outcome();
  }

  private static Latency latency(Cell cell) {
    return (Latency) cell.outcome();
  }
}
