package io.exonward.server.detect;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Decision.Outcome;
import io.exonward.common.policy.Decision.Reason;
import io.exonward.common.policy.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that looks at code which came to run, executed or loaded. In learn mode nothing is
 * detected but what a rule denies, as learning does not overrule an operator, and code of malicious
 * families, which nobody wants to learn. Thread-safe.
 *
 * <p>A library whose file is gone is not called deleted code, as a program is: Java, Python and
 * SQLite unpack libraries, load and delete them within one moment, and it depends on that moment
 * what the agent sees. It is judged as any other library.
 */
public final class CodeDetectors {
  private static final List<CodeDetector> DETECTORS =
      List.of(
          LineageDetectors::malicious,
          CodeDetectors::denied,
          CodeDetectors::memfd,
          CodeDetectors::deletedFile,
          CodeDetectors::unknown,
          CodeDetectors::preloaded);

  private static final String PRELOAD = "LD_PRELOAD="; // man 8 ld.so

  private CodeDetectors() {}

  /** What is wrong with one piece of code, the worst first; empty if nothing is. */
  public static List<Detection> detect(JudgedCode code) {
    if (isAllowedByRule(code.decision())) {
      return List.of();
    }
    if (code.decision().mode() == Mode.LEARN) {
      return Stream.of(LineageDetectors.malicious(code), denied(code))
          .flatMap(Optional::stream)
          .toList();
    }
    return DETECTORS.stream()
        .map(detector -> detector.detect(code))
        .flatMap(Optional::stream)
        .toList();
  }

  /** An allow rule covers code without a file only if it names that kind of memory. */
  private static boolean isAllowedByRule(Decision decision) {
    return decision.outcome() == Outcome.ALLOW && decision.reason() == Reason.RULE;
  }

  private static Optional<Detection> denied(JudgedCode code) {
    if (code.decision().outcome() != Outcome.DENY) {
      return Optional.empty();
    }
    String why = "although rule " + code.decision().ruleId() + " denies it";
    return found(DetectionKind.DENIED_CODE, code, code.entry().title("Denied"), was(code, why));
  }

  private static Optional<Detection> memfd(JudgedCode code) {
    if (code.code().origin() != CodeOrigin.MEMFD) {
      return Optional.empty();
    }
    String why =
        "code was "
            + code.entry().participle()
            + by(code)
            + " from memory (memfd), it never was a file"
            + hash(code);
    return found(DetectionKind.MEMFD_EXECUTION, code, code.entry().memoryTitle(), why);
  }

  /** Programs found running whose file an upgrade has replaced are normal. */
  private static Optional<Detection> deletedFile(JudgedCode code) {
    boolean isExecuted = code.entry() == CodeEntry.EXECUTED;
    if (code.code().origin() != CodeOrigin.DELETED || code.isBackfill() || !isExecuted) {
      return Optional.empty();
    }
    String why = code.pathText() + " was executed after its file had been deleted" + hash(code);
    return found(DetectionKind.DELETED_FILE_EXECUTION, code, "Deleted file executed: ", why);
  }

  /** Code without a file has detectors of its own, which say more. */
  private static Optional<Detection> unknown(JudgedCode code) {
    boolean isOfFile =
        code.entry() == CodeEntry.EXECUTED
            ? code.code().origin().isFile()
            : code.code().origin() != CodeOrigin.MEMFD;
    if (!isUndecided(code) || !isOfFile) {
      return Optional.empty();
    }
    String why =
        switch (code.code().hash()) {
          case ContentHash.Known _ -> "and is in no baseline, and no rule speaks of it";
          case ContentHash.Missing(var reason) ->
              "but its content is not known ("
                  + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + ") and nothing else speaks for it";
        };
    return LineageDetectors.rebuilt(code)
        .or(() ->
            found(
                code.entry().unknown(),
                code,
                code.entry().title("Unknown"),
                was(code, why) + LineageDetectors.clause(code)));
  }

  /** Only where a command line shows it: the agent does not read environments. */
  private static Optional<Detection> preloaded(JudgedCode code) {
    String path = code.path();
    if (code.entry() != CodeEntry.LIBRARY || path == null || !isUndecided(code)) {
      return Optional.empty();
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean isNamed =
        code.starters().stream()
            .map(starter -> String.valueOf(starter.commandLine()))
            .anyMatch(line -> line.contains(PRELOAD) && !name.isEmpty() && line.contains(name));
    return isNamed
        ? found(
            DetectionKind.PRELOADED_LIBRARY,
            code,
            code.entry().title("Unknown"),
            was(code, "because LD_PRELOAD names it"))
        : Optional.empty();
  }

  private static boolean isUndecided(JudgedCode code) {
    Outcome outcome = code.decision().outcome();
    return outcome == Outcome.UNKNOWN || outcome == Outcome.PENDING;
  }

  static Optional<Detection> found(
      DetectionKind kind, JudgedCode code, String title, String summary) {
    JudgedCode.Place place = code.place();
    return Optional.of(
        new Detection(
            kind,
            Subject.of(code),
            title + code.pathText(),
            code.count(),
            new Evidence(
                place.at(), place.hostId(), place.hostname(), kind, summary, code.exhibit())));
  }

  /** "/lib/x.so was loaded by /usr/bin/y, " and why that is said. */
  static String was(JudgedCode code, String why) {
    return code.pathText() + " was " + code.entry().participle() + by(code) + ", " + why;
  }

  /** Who executes is in the process tree; a library says little without who loaded it. */
  private static String by(JudgedCode code) {
    String starter = code.starter();
    return code.entry() == CodeEntry.EXECUTED || starter == null ? "" : " by " + starter;
  }

  private static String hash(JudgedCode code) {
    return code.code().hash().findSha256().isPresent() ? "" : "; its content is not known";
  }
}
