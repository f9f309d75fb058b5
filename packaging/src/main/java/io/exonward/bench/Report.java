package io.exonward.bench;

import io.exonward.bench.Idle.Rest;
import io.exonward.bench.Outcome.Latency;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** What was measured, as Markdown tables that can be read as they are. */
final class Report {
  private static final double MIB = 1 << 20;

  private final Options options;
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  Report(Options options, Results results) {
    this.options = options;
    this.results = results;
  }

  String text() {
    line("# Benchmark");
    line("");
    line(Machine.describe());
    line(
        "Rounds: %d. Medians over rounds, in parentheses the least and the most; ratios against no agent in the same round."
            .formatted(options.rounds()));
    for (Load load : options.loads()) {
      Comparison comparison =
          new Comparison(results.cells().stream().filter(cell -> cell.load() == load).toList());
      heading("%s: %s".formatted(load.id(), load.title()));
      if (load.isLatency()) {
        latency(comparison);
      } else if (load.marked(options.executions()) > 0) {
        storm(comparison);
      } else {
        work(comparison);
      }
    }
    cold();
    idle();
    results.failures().forEach((subject, why) -> line("\nNot measured: " + subject + ": " + why));
    return text.toString();
  }

  private void storm(Comparison all) {
    Table table =
        new Table(
            "subject",
            "wall ratio",
            "load's CPU ratio",
            "subject's CPU ms / 1,000",
            "total added CPU us / execution",
            "captured / wanted",
            "lost");
    for (String subject : subjects(all)) {
      table.row(
          subject,
          all.wallRatio(subject).text(3),
          all.cpuRatio(subject).text(3),
          all.subjectMillis(subject).text(2),
          all.addedMicros(subject).text(1),
          captured(all.of(subject)),
          lost(all.of(subject)));
    }
    text.append(table.text());
  }

  private void work(Comparison all) {
    Table table =
        new Table(
            "subject",
            "wall ratio",
            "load's CPU ratio",
            "CPU ratio with the subject's",
            "subject's CPU ms");
    for (String subject : subjects(all)) {
      table.row(
          subject,
          all.wallRatio(subject).text(3),
          all.cpuRatio(subject).text(3),
          all.totalRatio(subject).text(3),
          all.subjectMillisInAll(subject).text(1));
    }
    text.append(table.text());
  }

  private void latency(Comparison all) {
    Table table =
        new Table(
            "subject",
            "p50 us",
            "p99 us",
            "p99.9 us",
            "added p50",
            "added p99",
            "added p99.9",
            "captured / wanted",
            "lost");
    for (String subject : subjects(all)) {
      table.row(
          subject,
          all.micros(subject, Latency::p50).text(1),
          all.micros(subject, Latency::p99).text(0),
          all.micros(subject, Latency::p999).text(0),
          all.moreMicros(subject, Latency::p50).text(1),
          all.moreMicros(subject, Latency::p99).text(0),
          all.moreMicros(subject, Latency::p999).text(0),
          captured(all.of(subject)),
          lost(all.of(subject)));
    }
    text.append(table.text());
  }

  /** The first executions after a start, which a program that compiles itself pays more for. */
  private void cold() {
    Table table =
        new Table("subject", "executions", "subject's CPU ms / 1,000", "captured / wanted");
    for (String subject : options.subjects()) {
      List<Cell> cells =
          results.cells().stream()
              .filter(cell -> cell.round() == 0 && cell.subject().equals(subject))
              .toList();
      if (!cells.isEmpty()) {
        Spread millis =
            Spread.of(
                cells.stream().map(cell -> cell.subjectNanos() / 1e3 / cell.executions()).toList());
        table.row(subject, "" + options.warmUp(), millis.text(2), captured(cells));
      }
    }
    heading("cold: the first executions after each start, measured in no other table");
    text.append(table.text());
  }

  private void idle() {
    if (results.rests().isEmpty()) {
      return;
    }
    heading("idle, and memory");
    Table table =
        new Table(
            "subject",
            "when",
            "seconds",
            "CPU % of one processor",
            "RSS MiB, first and last",
            "PSS MiB",
            "anonymous MiB",
            "processes started meanwhile");
    for (Rest rest : results.rests()) {
      table.row(
          rest.subject(),
          rest.when(),
          "" + rest.seconds(),
          number(rest.cpuNanos() / 1e7 / rest.seconds(), 3),
          number(rest.first().resident() / MIB, 1) + ", " + number(rest.last().resident() / MIB, 1),
          number(rest.last().proportional() / MIB, 1),
          number(rest.last().anonymous() / MIB, 1),
          "" + rest.forks());
    }
    text.append(table.text());
  }

  private Set<String> subjects(Comparison all) {
    Set<String> subjects = new LinkedHashSet<>(List.of(Subject.NONE));
    subjects.addAll(options.subjects());
    subjects.removeIf(subject -> all.of(subject).isEmpty());
    return subjects;
  }

  private static String captured(List<Cell> cells) {
    return ifRecorded(
        cells,
        recorded ->
            "%,d / %,d"
                .formatted(
                    recorded.stream().mapToLong(cell -> cell.captured().orElse(0)).sum(),
                    recorded.stream().mapToLong(Cell::executions).sum()));
  }

  private static String lost(List<Cell> cells) {
    return ifRecorded(
        cells,
        recorded ->
            "%,d"
                .formatted(
                    recorded.stream()
                        .mapToLong(cell -> cell.executions() - cell.captured().orElse(0))
                        .sum()));
  }

  private static String ifRecorded(List<Cell> cells, Function<List<Cell>, String> text) {
    List<Cell> recorded =
        new ArrayList<>(cells.stream().filter(cell -> cell.captured().isPresent()).toList());
    return recorded.isEmpty() ? "-" : text.apply(recorded);
  }

  private void heading(String title) {
    line("\n## " + title);
    line("");
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
