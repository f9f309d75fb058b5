package io.exonward.bench;

import io.exonward.bench.Machine.Memory;
import java.util.List;

/** What a subject costs while nothing is asked of it. */
final class Idle {
  private static final long SETTLE_MILLIS = 15_000;

  private Idle() {}

  /**
   * @param when "before load" or "after load"
   * @param cpuNanos used within {@code seconds}
   * @param forks processes that the machine started meanwhile: how idle it was
   * @param first memory at the beginning
   * @param last memory at the end
   */
  record Rest(
      String subject,
      String when,
      int seconds,
      long cpuNanos,
      long forks,
      Memory first,
      Memory last) {
    /** Names of the columns of {@link #row}. */
    static final String HEADER =
        "subject\twhen\tseconds\tcpu_ns\tforks\trss_first\trss\tpss\tanonymous";

    String row() {
      return "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d"
          .formatted(
              subject,
              when,
              seconds,
              cpuNanos,
              forks,
              first.resident(),
              last.resident(),
              last.proportional(),
              last.anonymous());
    }
  }

  /** Watches a subject that runs, after a while to settle down. */
  static Rest watch(Subject subject, String when, int seconds, Machine machine, Commands commands) {
    commands.pause(Math.min(SETTLE_MILLIS, seconds * 1000L));
    List<String> pids = subject.pids();
    Memory first = machine.memory(pids);
    long forks = Machine.forks();
    long cpu = machine.cpuNanos(pids);
    commands.pause(seconds * 1000L);
    cpu = machine.cpuNanos(pids) - cpu;
    forks = Machine.forks() - forks;
    return new Rest(subject.name(), when, seconds, cpu, forks, first, machine.memory(pids));
  }
}
