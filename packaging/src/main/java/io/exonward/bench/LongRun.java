package io.exonward.bench;

import io.exonward.bench.Machine.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      watch.drain(token + "-w", options.warmUp());
      return run(watch);
    } finally {
      agent.stop();
    }
  }

  private boolean run(Watch watch) {
    long wanted = options.longRun();
    List<String> pids = watch.subject().pids();
    AgentCounters before = AgentCounters.read(options.data());
    long cpu = machine.cpuNanos(pids);
    long started = System.nanoTime();
    long done = 0;
    long sampled = 0;
    for (int portion = 0; done < wanted; portion++) {
      int size = (int) Math.min(PORTION, wanted - done);
      storm(size, run(portion));
      done += size;
      // Looking for the markers now keeps the list that is left short.
      watch.count(run(portion));
      if (done - sampled >= wanted / SAMPLES || done == wanted) {
        sampled = done;
        sample(done, started, pids);
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    long captured = drain(watch, wanted);
    cpu = machine.cpuNanos(pids) - cpu;
    sample(done, started, pids);
    return conclude(
        wanted,
        captured,
        repeated(watch, wanted),
        before,
        AgentCounters.read(options.data()),
        cpu,
        seconds);
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

  private String run(int portion) {
    return token + "-" + portion;
  }

  private long drain(Watch watch, long wanted) {
    long captured = 0;
    for (int portion = 0; (long) portion * PORTION < wanted; portion++) {
      captured +=
          watch
              .drain(run(portion), Math.min(PORTION, wanted - (long) portion * PORTION))
              .captured();
    }
    return captured;
  }

  private long repeated(Watch watch, long wanted) {
    long repeated = 0;
    for (int portion = 0; (long) portion * PORTION < wanted; portion++) {
      repeated += watch.known(run(portion)).repeated();
    }
    return repeated;
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

  private boolean conclude(
      long wanted,
      long captured,
      long repeated,
      AgentCounters before,
      AgentCounters after,
      long cpu,
      double seconds) {
    long counted = after.executions() - before.executions();
    long lost = after.lost() - before.lost();
    int tenth = Math.max(1, resident.size() / 10);
    double first = resident.stream().limit(tenth).mapToLong(it -> it).average().orElseThrow();
    double last =
        resident.stream().skip(resident.size() - tenth).mapToLong(it -> it).average().orElseThrow();
    boolean isComplete = captured == wanted && repeated == 0 && lost == 0 && counted >= wanted;
    text.append("# Long run\n\n").append(Machine.describe()).append("\n\n");
    text.append("%,d executions by two workers in %.0f s\n\n".formatted(wanted, seconds));
    Table table = new Table("figure", "value");
    table.row("wanted", "%,d".formatted(wanted));
    table.row("captured by the server, by unique marker", "%,d".formatted(captured));
    table.row("captured more than once", "%,d".formatted(repeated));
    table.row(
        "counted by the agent, everything else on the machine included", "%,d".formatted(counted));
    table.row("counted as lost by the agent", "%,d".formatted(lost));
    table.row("agent's CPU ms / 1,000", String.format(Locale.ROOT, "%.2f", cpu / 1e3 / wanted));
    table.row("RSS MiB, first and last tenth", number(first / MIB) + ", " + number(last / MIB));
    text.append(table.text());
    text.append("\nResult: ").append(isComplete ? "complete" : "NOT COMPLETE");
    text.append(last <= first * FLAT ? ", memory is flat\n\n" : ", MEMORY GROWS\n\n");
    text.append(memory.text());
    return isComplete && last <= first * FLAT;
  }

  String text() {
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
