package io.exonward.server.detect;

import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Decision.Outcome;
import io.exonward.common.policy.Decision.Reason;
import io.exonward.common.policy.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that looks at executed code. In learn mode nothing is detected but what a rule denies:
 * learning does not overrule an operator. Thread-safe.
 *
 * <p>Not handled: code that is loaded later into a process that was allowed to start.
 */
public final class CodeDetectors {
  private static final List<ExecutionDetector> DETECTORS =
      List.of(
          CodeDetectors::denied,
          CodeDetectors::memfd,
          CodeDetectors::deletedFile,
          CodeDetectors::unknown);

  private CodeDetectors() {}

  /** What is wrong with one execution, the worst first; empty if nothing is. */
  public static List<Detection> detect(JudgedExecution execution) {
    if (execution.decision().mode() == Mode.LEARN) {
      return denied(execution).stream().toList();
    }
    if (isAllowedByRule(execution.decision())) {
      return List.of();
    }
    return DETECTORS.stream()
        .map(detector -> detector.detect(execution))
        .flatMap(Optional::stream)
        .toList();
  }

  /** An allow rule covers code without a file only if it names that kind of memory. */
  private static boolean isAllowedByRule(Decision decision) {
    return decision.outcome() == Outcome.ALLOW && decision.reason() == Reason.RULE;
  }

  private static Optional<Detection> denied(JudgedExecution execution) {
    if (execution.decision().outcome() != Outcome.DENY) {
      return Optional.empty();
    }
    String why =
        path(execution)
            + " was executed, although rule "
            + execution.decision().ruleId()
            + " denies it";
    return found(DetectionKind.DENIED_CODE, execution, "Denied code executed: ", why);
  }

  private static Optional<Detection> memfd(JudgedExecution execution) {
    if (origin(execution) != CodeOrigin.MEMFD) {
      return Optional.empty();
    }
    String why = "code was executed from memory (memfd), it never was a file" + hash(execution);
    return found(DetectionKind.MEMFD_EXECUTION, execution, "Code executed from memory: ", why);
  }

  /** Programs found running whose file an upgrade has replaced are normal. */
  private static Optional<Detection> deletedFile(JudgedExecution execution) {
    if (origin(execution) != CodeOrigin.DELETED || event(execution).isBackfill()) {
      return Optional.empty();
    }
    String why =
        path(execution) + " was executed after its file had been deleted" + hash(execution);
    return found(DetectionKind.DELETED_FILE_EXECUTION, execution, "Deleted file executed: ", why);
  }

  /** Code without a file has detectors of its own, which say more. */
  private static Optional<Detection> unknown(JudgedExecution execution) {
    Outcome outcome = execution.decision().outcome();
    boolean isUndecided = outcome == Outcome.UNKNOWN || outcome == Outcome.PENDING;
    if (!isUndecided || !origin(execution).isFile()) {
      return Optional.empty();
    }
    String why =
        switch (event(execution).code().hash()) {
          case ContentHash.Known _ ->
              path(execution) + " is in no baseline, and no rule speaks of it";
          case ContentHash.Missing(var reason) ->
              path(execution)
                  + " was executed, but its content is not known ("
                  + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + ") and nothing else speaks for it";
        };
    return found(DetectionKind.UNKNOWN_CODE, execution, "Unknown code executed: ", why);
  }

  private static Optional<Detection> found(
      DetectionKind kind, JudgedExecution execution, String title, String summary) {
    var record = execution.record();
    return Optional.of(
        new Detection(
            kind,
            Subject.of(event(execution)),
            title + path(execution),
            record.count(),
            new Evidence(
                record.occurredAt(),
                record.hostId(),
                execution.hostname(),
                kind,
                summary,
                record,
                null)));
  }

  private static Event.Execution event(JudgedExecution execution) {
    return execution.record().execution();
  }

  private static CodeOrigin origin(JudgedExecution execution) {
    return event(execution).code().origin();
  }

  private static String path(JudgedExecution execution) {
    String executable = event(execution).executable();
    return executable != null ? executable : "a program whose path is not known";
  }

  private static String hash(JudgedExecution execution) {
    return event(execution).code().hash().findSha256().isPresent()
        ? ""
        : "; its content is not known";
  }
}
