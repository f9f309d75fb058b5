package io.exonward.agent.enrich;

import io.exonward.agent.enrich.Repetitions.Repeated;
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
import org.jspecify.annotations.Nullable;

/**
 * Executions that differ in nothing but their command lines, and what was counted of them since the
 * last report. Owned by the pipeline's thread.
 */
final class RepeatedKind {
  private static final int RUNS_BYTES = 48 << 10;

  /** Most that code, path, user, decision and the envelope take; the paths have 4 KiB at most. */
  private static final int ENVELOPE_BYTES = 7 << 10;

  /** Fields of a run other than its command line; each argument has a tag and a length. */
  private static final int RUN_BYTES = 64;

  private static final int ARGUMENT_BYTES = 3;
  private static final int ANCESTOR_BYTES = 400;

  private final Map<List<String>, Tally> runs = new LinkedHashMap<>();
  private Execution execution;
  private List<ProcessSummary> ancestry;
  private @Nullable ProcessId parent;
  private ProcessId process;
  private int ancestryBytes;
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
    process = first.process();
    ancestry = first.ancestry();
    parent = ancestry.isEmpty() ? null : ancestry.getFirst().process();
    ancestryBytes = bytes(ancestry);
  }

  /** Executions with one command line. */
  private static final class Tally {
    private int pid;
    private long startTicks;
    private boolean isTruncated;
    private Instant at = Instant.MIN;
    private long count;

    void add(Repeated repeated, CommandLines command) {
      pid = repeated.process().pid();
      startTicks = repeated.process().startTicks();
      isTruncated |= command.isTruncated();
      at = repeated.occurredAt();
      count++;
    }
  }

  /** The code, user and so on of a newer one of this kind, whose file may have been replaced. */
  void renew(Execution newer) {
    execution = newer;
  }

  Execution execution() {
    return execution;
  }

  /** Parent of the newest one; null if not known. */
  @Nullable ProcessId parent() {
    return parent;
  }

  List<ProcessSummary> ancestry() {
    return ancestry;
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

  /** Whether one more fits into the event. */
  boolean hasRoom(@Nullable CommandLines command, List<ProcessSummary> newAncestry) {
    int around = newAncestry.equals(ancestry) ? ancestryBytes : bytes(newAncestry);
    int room = Math.min(RUNS_BYTES, Limits.EVENT_BYTES - ENVELOPE_BYTES - around);
    boolean isListed = command == null || runs.containsKey(command.arguments());
    int more = isListed || command == null ? 0 : bytes(command);
    return runsBytes + more <= room && (isListed || runs.size() < Limits.RUNS);
  }

  void countFrom(Instant now, Instant first) {
    since = now;
    firstAt = first;
  }

  void add(Repeated repeated, List<ProcessSummary> newAncestry) {
    count++;
    process = repeated.process();
    lastAt = repeated.occurredAt();
    observedAt = repeated.observedAt();
    if (!newAncestry.equals(ancestry)) {
      ancestry = newAncestry;
      ancestryBytes = bytes(newAncestry);
    }
    parent = repeated.parent();
    CommandLines command = repeated.command();
    if (command != null) {
      Tally tally = runs.get(command.arguments());
      if (tally == null) {
        tally = new Tally();
        runs.put(command.arguments(), tally);
        runsBytes += bytes(command);
      }
      tally.add(repeated, command);
    }
  }

  /** What was counted; counts from zero afterwards. */
  ObservedEvent take() {
    List<Run> listed = new ArrayList<>(runs.size());
    runs.forEach((arguments, tally) ->
        listed.add(
            new Run(
                tally.pid, tally.startTicks, arguments, tally.isTruncated, tally.at, tally.count)));
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
    for (String argument : command.arguments()) {
      bytes += ARGUMENT_BYTES + Limits.utf8Length(argument);
    }
    return bytes;
  }

  private static int bytes(List<ProcessSummary> chain) {
    int bytes = 0;
    for (ProcessSummary ancestor : chain) {
      bytes += ANCESTOR_BYTES + length(ancestor.executable()) + length(ancestor.commandLine());
    }
    return bytes;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : Limits.utf8Length(text);
  }
}
