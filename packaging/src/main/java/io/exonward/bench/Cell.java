package io.exonward.bench;

import io.exonward.bench.Machine.Memory;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One load under one subject.
 *
 * @param round from 1; 0 is the warm-up
 * @param slot place in the round, from 0
 * @param executions with a marker; 0 if the load has none
 * @param captured of them by the subject; empty if it reports none
 * @param repeated reports beyond the first of a marker
 * @param subjectNanos processor time of the subject, from the load's start to the end of its
 *     reports
 * @param forks processes and threads that the whole machine started during the load
 * @param busyNanos processor time of the whole machine during the load
 * @param memory of the subject at the end
 */
record Cell(
    int round,
    int slot,
    String subject,
    Load load,
    Outcome outcome,
    long executions,
    OptionalLong captured,
    long repeated,
    long subjectNanos,
    long forks,
    long busyNanos,
    Memory memory) {

  /** Names of the columns of {@link #row}. */
  static final String HEADER =
      "round\tslot\tsubject\tload\twall_ns\tuser_ns\tsystem_ns\tmean_ns\tp50_ns\tp99_ns\tp999_ns\tlongest_ns\tfailures"
          + "\twanted\tcaptured\trepeated\tsubject_cpu_ns\tforks\tbusy_ns\trss\tpss\tanonymous";

  /** Columns separated by tabs; what does not apply is empty. */
  String row() {
    String times =
        switch (outcome) {
          case Outcome.Cost it ->
              "%d\t%d\t%d\t\t\t\t\t".formatted(it.wall(), it.user(), it.system());
          case Outcome.Latency it ->
              "\t\t\t%d\t%d\t%d\t%d\t%d"
                  .formatted(it.mean(), it.p50(), it.p99(), it.p999(), it.longest());
        };
    return String.format(
        Locale.ROOT,
        "%d\t%d\t%s\t%s\t%s\t%d\t%d\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d",
        round,
        slot,
        subject,
        load.id(),
        times,
        outcome.failures(),
        executions,
        captured.isPresent() ? "" + captured.getAsLong() : "",
        repeated,
        subjectNanos,
        forks,
        busyNanos,
        memory.resident(),
        memory.proportional(),
        memory.anonymous());
  }
}
