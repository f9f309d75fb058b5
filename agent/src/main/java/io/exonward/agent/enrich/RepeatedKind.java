package io.exonward.agent.enrich;

import io.exonward.agent.enrich.Repetitions.Repeated;
import io.exonward.agent.process.Image;
import io.exonward.common.event.Event;
import io.exonward.common.event.Event.Execution;
import io.exonward.common.event.Event.Run;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.wire.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Executions that differ in nothing but their command lines, and what was counted of them since the
 * last report. Owned by the pipeline's thread.
 */
final class RepeatedKind {
  private static final int RUNS_BYTES = 36 << 10;

  /** Most that code, path, user, decision and the envelope take; the paths have 4 KiB at most. */
  private static final int ENVELOPE_BYTES = 7 << 10;

  /** Fields of a run other than its command line; each argument has a tag and a length. */
  private static final int RUN_BYTES = 64;

  private static final int ARGUMENT_BYTES = 3;

  private final Map<List<String>, Tally> runs = new LinkedHashMap<>();
  private Execution execution;
  private Image image;
  private List<ProcessSummary> ancestry;
  private ProcessId process;
  private int runsBytes;
  private long count;
  private Instant since = Instant.MIN;
  private Instant firstAt = Instant.MIN;
  private Instant lastAt = Instant.MIN;
  private Instant observedAt = Instant.MIN;
  private boolean isForgotten;

  /** Of the first one, which has been sent in full. */
  RepeatedKind(Execution first) {
    execution = first;
    image = image(first);
    process = first.process();
    ancestry = first.ancestry();
  }

  /** Executions with one command line. */
  private static final class Tally {
    private final List<String> arguments;
    private int pid;
    private long startTicks;
    private boolean isTruncated;
    private Instant at = Instant.MIN;
    private long count;

    Tally(List<String> arguments) {
      this.arguments = arguments;
    }

    void add(Repeated repeated, CommandLines command) {
      pid = repeated.process().pid();
      startTicks = repeated.process().startTicks();
      isTruncated |= command.isTruncated();
      at = repeated.occurredAt();
      count++;
    }

    Run run() {
      return new Run(pid, startTicks, arguments, isTruncated, at, count);
    }
  }

  /** The code, user and so on of a newer one of this kind, whose file may have been replaced. */
  void renew(Execution newer) {
    execution = newer;
    image = image(newer);
  }

  private static Image image(Execution execution) {
    return new Image(execution.executable(), execution.code().hash().findSha256().orElse(null));
  }

  /** What their processes run. */
  Image image() {
    return image;
  }

  Execution execution() {
    return execution;
  }

  long count() {
    return count;
  }

  /** When it began to count. */
  Instant since() {
    return since;
  }

  /** The next one is sent in full. */
  void forget() {
    isForgotten = true;
  }

  boolean isForgotten() {
    return isForgotten;
  }

  /** Counts the first after what was counted has been taken. */
  void countFrom(Instant now, Repeated first) {
    since = now;
    firstAt = first.occurredAt();
    boolean isAdded = add(first);
    if (!isAdded) {
      throw new IllegalStateException("an event has room for one command line");
    }
  }

  /** Counts one more, unless the event has no room for it. */
  boolean add(Repeated repeated) {
    if (repeated.command() != null && !list(repeated, repeated.command())) {
      return false;
    }
    count++;
    process = repeated.process();
    lastAt = repeated.occurredAt();
    observedAt = repeated.observedAt();
    return true;
  }

  /** Puts its command line into the list, unless that is full. */
  private boolean list(Repeated repeated, CommandLines command) {
    Tally tally = runs.computeIfAbsent(command.arguments(), Tally::new);
    if (tally.count == 0) {
      int bytes = runsBytes + bytes(command);
      if (bytes > RUNS_BYTES || runs.size() > Limits.RUNS) {
        runs.remove(command.arguments());
        return false;
      }
      runsBytes = bytes;
    }
    tally.add(repeated, command);
    return true;
  }

  /**
   * What was counted; counts from zero afterwards.
   *
   * @param ancestries finds the ancestry of the newest process; empty if nothing is known of it
   */
  ObservedEvent take(Function<ProcessId, List<ProcessSummary>> ancestries) {
    List<ProcessSummary> newest = ancestries.apply(process);
    ancestry =
        newest.isEmpty()
            ? ancestry
            : Ancestry.fitting(newest, Limits.EVENT_BYTES - ENVELOPE_BYTES - RUNS_BYTES);
    List<Run> listed = new ArrayList<>(runs.size());
    for (Tally tally : runs.values()) {
      listed.add(tally.run());
    }
    Event repetition =
        new Event.Repetition(
            count,
            firstAt,
            lastAt,
            execution.user(),
            execution.executable(),
            execution.code(),
            execution.containerId(),
            execution.decision(),
            process,
            ancestry,
            listed);
    count = 0;
    runsBytes = 0;
    runs.clear();
    return new ObservedEvent(lastAt, observedAt, repetition);
  }

  private static int bytes(CommandLines command) {
    int bytes = RUN_BYTES;
    List<String> arguments = command.arguments();
    for (int i = 0; i < arguments.size(); i++) { // an iterator would be garbage for each event
      bytes += ARGUMENT_BYTES + Limits.utf8Length(arguments.get(i));
    }
    return bytes;
  }
}
