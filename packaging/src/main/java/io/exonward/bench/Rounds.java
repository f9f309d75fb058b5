package io.exonward.bench;

import io.exonward.bench.Idle.Rest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Visits every subject once in each round, in an order that changes from round to round, with three
 * cells without any agent between them: first, in the middle and last.
 */
final class Rounds {
  private final Options options;
  private final Commands commands;
  private final Machine machine;
  private final Results results;
  private final Reports server;
  // Reports of an earlier benchmark in the same folder must not count.
  private final String token =
      Integer.toString(RandomGenerator.getDefault().nextInt(36 * 36, 36 * 36 * 36), 36);

  Rounds(Options options, Commands commands, Results results, Reports server) {
    this.options = options;
    this.commands = commands;
    this.machine = new Machine(commands, options);
    this.results = results;
    this.server = server;
  }

  void run() {
    for (int round = 1; round <= options.rounds(); round++) {
      List<String> order = order(round);
      for (int slot = 0; slot < order.size() && !commands.isStopped(); slot++) {
        Bench.say(
            "round %d of %d: %s (%d of %d)"
                .formatted(round, options.rounds(), order.get(slot), slot + 1, order.size()));
        visit(round, slot, new Subject(order.get(slot), options, commands, server));
      }
    }
  }

  private List<String> order(int round) {
    List<String> subjects = options.subjects();
    List<String> order = new ArrayList<>(List.of(Subject.NONE));
    for (int i = 0; i < subjects.size(); i++) {
      order.add(subjects.get((i + round) % subjects.size()));
      if (i == (subjects.size() - 1) / 2) {
        order.add(Subject.NONE);
      }
    }
    order.add(Subject.NONE);
    return order;
  }

  private void visit(int round, int slot, Subject subject) {
    try {
      Watch watch = Watch.start(subject, options, commands);
      if (!subject.isNone()) {
        results.add(cell(0, slot, watch, Load.TINY, options.withExecutions(options.warmUp())));
      }
      if (round == 1 && !subject.isNone() && options.idleSeconds() > 0) {
        results.add(idle(subject, "before load"));
      }
      for (Load load : options.loads()) {
        if (subject.isNone() || subject.takes(load)) {
          results.add(cell(round, slot, watch, load, options));
        }
      }
      if (round == 1 && !subject.isNone() && options.idleSeconds() > 0) {
        results.add(idle(subject, "after load"));
      }
    } catch (IllegalStateException | UncheckedIOException e) {
      String why = String.valueOf(e.getMessage());
      Bench.say(why);
      results.failed(subject.name(), why);
    } finally {
      subject.stop();
    }
  }

  private Rest idle(Subject subject, String when) {
    Bench.say("  idle for " + options.idleSeconds() + " s, " + when);
    return Idle.watch(subject, when, options.idleSeconds(), machine, commands);
  }

  private Cell cell(int round, int slot, Watch watch, Load load, Options sized) {
    String run = token + "-" + round + "-" + slot + "-" + load.id();
    Subject subject = watch.subject();
    List<String> pids = subject.pids();
    long wanted = load.marked(sized.executions());
    // Whatever the start or the last load left to do is done before the next begins.
    commands.pause(300);
    long cpu = machine.cpuNanos(pids);
    long forks = Machine.forks();
    long busy = Machine.busyNanos();
    Outcome outcome = Outcome.parse(load, commands.run(load.command(sized, run)));
    busy = Machine.busyNanos() - busy;
    forks = Machine.forks() - forks;
    Marks.Count count = watch.drain(List.of(run), wanted);
    cpu = machine.cpuNanos(pids) - cpu;
    Bench.say("  " + load.id());
    return new Cell(
        round,
        slot,
        subject.name(),
        load,
        outcome,
        wanted,
        watch.isRecording() ? OptionalLong.of(count.captured()) : OptionalLong.empty(),
        count.repeated(),
        cpu,
        forks,
        busy,
        machine.memory(pids));
  }
}
