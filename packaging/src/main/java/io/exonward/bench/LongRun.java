package io.exonward.bench;

import io.exonward.bench.Machine.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Very many executions by two workers under this project's agent, in portions whose markers are all
 * looked for. Proves that none is missed, and shows the memory over time.
 */
final class LongRun {
  private static final int PORTION = 50_000;
  private static final int SAMPLES = 40;
  private static final double MIB = 1 << 20;
  // Memory may differ this much between the first and the last tenth and still be called flat.
  private static final double FLAT = 1.05;

  private final Options options;
  private final Commands commands;
  private final Machine machine;
  private final Reports server;
  private final Table memory =
      new Table("executions", "seconds", "RSS MiB", "PSS MiB", "anonymous MiB", "in the spool");
  private final StringBuilder text = new StringBuilder();
  private final String token = Integer.toString(ThreadLocalRandom.current().nextInt(46_656), 36);
  private final List<Long> resident = new ArrayList<>();

  LongRun(Options options, Commands commands, Reports server) {
    this.options = options;
    this.commands = commands;
    this.machine = new Machine(commands, options);
    this.server = server;
  }

  /**
   * Runs it all.
   *
   * @return whether every execution was captured, once, and the agent's own counters say the same
   */
  boolean run() {
    Subject agent = new Subject("exonward", options, commands, server);
    try {
      Watch watch = Watch.start(agent, options, commands);
      storm(options.warmUp(), token + "-w");
      watch.drain(List.of(token + "-w"), options.warmUp());
      return run(watch);
    } finally {
      agent.stop();
    }
  }

  private boolean run(Watch watch) {
    List<String> pids = watch.subject().pids();
    List<String> runs = new ArrayList<>();
    AgentCounters before = AgentCounters.read(options.data());
    long cpu = machine.cpuNanos(pids);
    long started = System.nanoTime();
    long sampled = 0;
    for (long done = 0; done < options.longRun(); ) {
      int size = (int) Math.min(PORTION, options.longRun() - done);
      runs.add(token + "-" + runs.size());
      storm(size, runs.getLast());
      done += size;
      if (done - sampled >= options.longRun() / SAMPLES || done == options.longRun()) {
        sampled = done;
        sample(done, started, pids);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Marks.Count captured = watch.drain(runs, options.longRun());
    cpu = machine.cpuNanos(pids) - cpu;
    sample(options.longRun(), started, pids);
    text.append("# Long run\n\n").append(Machine.describe()).append("\n\n");
    text.append(
        "%,d executions by two workers in %.0f s, agent's CPU %.2f ms / 1,000\n\n"
            .formatted(options.longRun(), seconds, cpu / 1e3 / options.longRun()));
    return conclude(captured, before, AgentCounters.read(options.data()));
  }

  private void storm(int count, String run) {
    Outcome outcome =
        Outcome.parse(
            Load.P2,
            commands.run(
                List.of(
                    options.program("storm"), "" + count, "2", run, options.program("nothing"))));
    if (outcome.failures() > 0) {
      throw new IllegalStateException(outcome.failures() + " of " + count + " executions failed");
    }
  }

  private void sample(long done, long started, List<String> pids) {
    Memory now = machine.memory(pids);
    long seconds = (System.nanoTime() - started) / 1_000_000_000;
    AgentCounters counters = AgentCounters.read(options.data());
    resident.add(now.resident());
    memory.row(
        "%,d".formatted(done),
        "" + seconds,
        number(now.resident() / MIB),
        number(now.proportional() / MIB),
        number(now.anonymous() / MIB),
        "%,d".formatted(counters.spooled()));
    Bench.say(
        "  %,d executions, %d s, RSS %.1f MiB".formatted(done, seconds, now.resident() / MIB));
  }

  private boolean conclude(Marks.Count captured, AgentCounters before, AgentCounters after) {
    long wanted = options.longRun();
    long counted = after.executions() - before.executions();
    Map<String, Long> lost = after.lostSince(before);
    Table table = new Table("figure", "value");
    table.row("wanted", "%,d".formatted(wanted));
    table.row("captured by the server, by unique marker", "%,d".formatted(captured.captured()));
    table.row("captured more than once", "%,d".formatted(captured.repeated()));
    table.row("handled by the agent, others' on this machine included", "%,d".formatted(counted));
    lost.forEach(
        (cause, count) -> table.row("lost as the agent says: " + cause, "%,d".formatted(count)));
    if (lost.isEmpty()) {
      table.row("lost as the agent says", "0");
    }
    int tenth = Math.max(1, resident.size() / 10);
    double first = mean(resident.subList(0, tenth));
    double last = mean(resident.subList(resident.size() - tenth, resident.size()));
    table.row("RSS MiB, first and last tenth", number(first / MIB) + ", " + number(last / MIB));
    boolean isComplete =
        captured.equals(new Marks.Count(wanted, 0)) && lost.isEmpty() && counted >= wanted;
    boolean isFlat = last <= first * FLAT;
    text.append(table.text());
    text.append("\nResult: ").append(isComplete ? "complete" : "NOT COMPLETE");
    text.append(isFlat ? ", memory is flat\n\n" : ", MEMORY GROWS\n\n");
    text.append(memory.text());
    return isComplete && isFlat;
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(it -> it).average().orElseThrow();
  }

  String text() {
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
