package io.exonward.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import io.exonward.server.inventory.ExecutionRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An execution in JSON. */
record ExecutionView(
    long id,
    Instant occurredAt,
    boolean isBackfill,
    long count,
    int pid,
    String user,
    long uid,
    @Nullable String executable,
    List<String> commandLine,
    boolean commandLineTruncated,
    @Nullable String workingDirectory,
    String origin,
    @Nullable String sha256,
    @Nullable String hashAbsence,
    @Nullable Long sizeBytes,
    @JsonProperty("package") @Nullable String packageName,
    @Nullable String containerId,
    List<AncestorView> ancestry,
    @Nullable DecisionView decision,
    List<RunView> runs) {

  static ExecutionView of(ExecutionRecord it) {
    Event.Execution execution = it.execution();
    Code code = execution.code();
    FileIdentity file = code.file();
    return new ExecutionView(
        it.id(),
        it.occurredAt(),
        execution.isBackfill(),
        it.count(),
        execution.process().pid(),
        name(execution.user()),
        Integer.toUnsignedLong(execution.user().uid()),
        execution.executable(),
        execution.commandLine(),
        execution.isCommandLineTruncated(),
        execution.workingDirectory(),
        Fields.code(code.origin()),
        code.hash().findSha256().map(Sha256::toString).orElse(null),
        code.hash() instanceof ContentHash.Missing(var reason) ? Fields.code(reason) : null,
        file == null ? null : file.sizeBytes(),
        packageText(code.owner()),
        execution.containerId(),
        execution.ancestry().stream().map(AncestorView::of).toList(),
        execution.decision() == null ? null : DecisionView.of(execution.decision()),
        it.runs().stream().map(RunView::of).toList());
  }

  private static String name(User user) {
    return user.name() != null ? user.name() : Integer.toUnsignedString(user.uid());
  }

  static @Nullable String packageText(@Nullable PackageRef owner) {
    return owner == null ? null : owner.name() + " " + owner.version();
  }

  /** Executions among repetitions that have the same command line. */
  record RunView(
      Instant at, int pid, List<String> commandLine, boolean commandLineTruncated, long count) {
    static RunView of(Event.Run it) {
      return new RunView(
          it.at(), it.pid(), it.commandLine(), it.isCommandLineTruncated(), it.count());
    }
  }

  /** One link in the chain of parents. */
  record AncestorView(
      int pid,
      @Nullable String executable,
      @Nullable String commandLine,
      @Nullable String sha256,
      @Nullable String user) {
    static AncestorView of(ProcessSummary it) {
      Sha256 sha256 = it.sha256();
      User user = it.user();
      return new AncestorView(
          it.process().pid(),
          it.executable(),
          it.commandLine(),
          sha256 == null ? null : sha256.toString(),
          user == null ? null : name(user));
    }
  }

  /** What a policy said. */
  record DecisionView(
      String outcome, String reason, @Nullable Long ruleId, String mode, long policyVersion) {
    static DecisionView of(Decision it) {
      return new DecisionView(
          Fields.code(it.outcome()),
          it.reason().code(),
          it.ruleId(),
          Fields.code(it.mode()),
          it.policyVersion());
    }
  }
}
