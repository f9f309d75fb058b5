package io.exonward.server.detect;

import io.exonward.common.gene.match.Classification;
import io.exonward.server.gene.Lineage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the genes of code say about it. Thread-safe, without I/O. */
public final class LineageDetectors {
  private LineageDetectors() {}

  /** It shares code with a malicious family. */
  static Optional<Detection> malicious(JudgedCode code) {
    Lineage lineage = code.lineage();
    return lineage == null || !lineage.isMalicious()
        ? Optional.empty()
        : CodeDetectors.found(
            DetectionKind.MALICIOUS_CODE,
            code,
            code.entry().title("Malicious"),
            CodeDetectors.was(code, lineage.text()));
  }

  /** Nothing speaks for it but that nearly all of its code is that of one trusted family. */
  static Optional<Detection> rebuilt(JudgedCode code) {
    Lineage lineage = code.lineage();
    return lineage == null || !lineage.isTrusted()
        ? Optional.empty()
        : CodeDetectors.found(
            DetectionKind.REBUILT_CODE,
            code,
            code.entry().title("New build of trusted"),
            CodeDetectors.was(code, "and is in no baseline, but " + lineage.text()));
  }

  /** For the end of a sentence; empty if its genes say nothing. */
  static String clause(JudgedCode code) {
    Lineage lineage = code.lineage();
    return lineage == null || isMute(lineage) ? "" : "; " + lineage.text();
  }

  /** Nothing is related to it. */
  public static boolean isMute(Lineage lineage) {
    return lineage.classification() == Classification.UNKNOWN && lineage.families().isEmpty();
  }

  /** The title of an alert about malicious code that was found after it had run. */
  public static String title(@Nullable String executable) {
    return "Malicious code found: " + pathText(executable);
  }

  /** Malicious code that ran on a host before that was known. */
  public static Detection found(Past past, Subject subject, Lineage lineage, Instant now) {
    DetectionKind kind = DetectionKind.MALICIOUS_CODE;
    String summary =
        "%s ran before it was known what it is: %s"
            .formatted(pathText(past.executable()), lineage.text());
    return new Detection(
        kind,
        subject,
        title(past.executable()),
        past.count(),
        new Evidence(now, past.host(), past.hostname(), kind, summary, null));
  }

  /** A host says something else of the genes of code than others do. */
  public static Detection disputed(
      Subject subject, UUID host, String hostname, boolean isAgainstVerified, Instant now) {
    DetectionKind kind = DetectionKind.DISPUTED_GENES;
    String others = isAgainstVerified ? "an operator or three hosts say" : "another host says";
    String summary =
        "the agent reports other genes for the content %s than %s: one of them is wrong or lies"
            .formatted(subject.sha256(), others);
    return new Detection(
        kind,
        subject,
        "Hosts disagree about the genes of " + subject.sha256(),
        1,
        new Evidence(now, host, hostname, kind, summary, null));
  }

  private static String pathText(@Nullable String executable) {
    return executable != null ? executable : "code whose path is not known";
  }

  /**
   * That code ran on a host.
   *
   * @param hostname untrusted text
   * @param executable untrusted text; null if not known
   * @param count how often; 0 where an alert about it has counted that already
   */
  public record Past(
      UUID host, String group, String hostname, @Nullable String executable, long count) {}
}
