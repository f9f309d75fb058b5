package io.exonward.bench;

import io.exonward.bench.Marks.Count;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A subject that runs, and what it reported so far. */
final class Watch {
  private static final long POLL_MILLIS = 500;
  private static final int STILL_POLLS = 8;

  private final Subject subject;
  private final Optional<Reports> reports;
  private final Commands commands;
  private final Marks marks = new Marks();

  private Watch(Subject subject, Optional<Reports> reports, Commands commands) {
    this.subject = subject;
    this.reports = reports;
    this.commands = commands;
  }

  /**
   * Starts a subject, and waits until it reports what it sees if it reports anything.
   *
   * @throws IllegalStateException if it does not start, or reports nothing for a minute
   */
  static Watch start(Subject subject, Options options, Commands commands) {
    Watch watch = new Watch(subject, subject.start(), commands);
    if (watch.isRecording()) {
      watch.awaitFirstReport(options);
    }
    return watch;
  }

  private void awaitFirstReport(Options options) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (marks.count(List.of("ready")).captured() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(subject.name() + " reported nothing for a minute");
      }
      commands.run(
          List.of(options.program("storm"), "1", "1", "ready", options.program("nothing")));
      commands.pause(POLL_MILLIS);
      read();
    }
  }

  Subject subject() {
    return subject;
  }

  /** Does the subject report what it sees? */
  boolean isRecording() {
    return reports.isPresent();
  }

  private void read() {
    reports.ifPresent(it -> it.readInto(marks));
  }

  /** What is known of these runs now. */
  private Count count(List<String> runs) {
    read();
    return marks.count(runs);
  }

  /**
   * Waits until everything of some runs was reported, or nothing more comes for four seconds.
   * Without reports or markers it gives the subject two seconds to finish.
   */
  Count drain(List<String> runs, long wanted) {
    if (reports.isEmpty() || wanted == 0) {
      commands.pause(subject.isNone() ? POLL_MILLIS : 2000);
      return new Count(0, 0);
    }
    Count count = count(runs);
    for (int still = 0; still < STILL_POLLS && count.captured() < wanted; ) {
      commands.pause(POLL_MILLIS);
      Count now = count(runs);
      still = now.equals(count) ? still + 1 : 0;
      count = now;
    }
    // One more look: a report that came twice may come later.
    commands.pause(POLL_MILLIS);
    return count(runs);
  }
}
