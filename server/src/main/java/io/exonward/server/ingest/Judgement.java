package io.exonward.server.ingest;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Fact;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import io.exonward.server.policy.HostGroup;
import io.exonward.server.policy.PolicyDecider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the server's decision in the place of the agent's, which is a claim. */
final class Judgement {
  private Judgement() {}

  static List<ReportedExecution> judge(
      PolicyDecider decider, HostGroup group, List<ReportedExecution> executions) {
    List<CodeFacts> facts =
        executions.stream().map(reported -> facts(reported.execution())).toList();
    List<Decision> decisions = decider.decide(group, facts);
    List<ReportedExecution> judged = new ArrayList<>(executions.size());
    for (int i = 0; i < executions.size(); i++) {
      ReportedExecution reported = executions.get(i);
      judged.add(
          new ReportedExecution(
              reported.occurredAt(),
              reported.count(),
              decided(reported.execution(), decisions.get(i))));
    }
    return judged;
  }

  private static Event.Execution decided(Event.Execution it, Decision decision) {
    return new Event.Execution(
        it.isBackfill(),
        it.process(),
        it.user(),
        it.executable(),
        it.commandLine(),
        it.isCommandLineTruncated(),
        it.workingDirectory(),
        it.code(),
        it.ancestry(),
        it.containerId(),
        decision);
  }

  /** Without content nobody could compare a digest, so that no owner means nothing then. */
  static CodeFacts facts(Event.Execution execution) {
    Code code = execution.code();
    String path = execution.executable();
    PackageRef owner = code.owner();
    return switch (code.hash()) {
      case ContentHash.Known(var sha256) ->
          new CodeFacts(
              code.origin(), new Fact.Known<>(sha256), Fact.ofNullable(owner), path(path));
      case ContentHash.Missing _ ->
          new CodeFacts(
              code.origin(),
              new Fact.NotYetKnown<Sha256>(),
              owner == null ? new Fact.NotYetKnown<>() : new Fact.Known<>(owner),
              path(path));
    };
  }

  private static Fact<String> path(@Nullable String path) {
    return path == null ? new Fact.NotYetKnown<>() : new Fact.Known<>(path);
  }
}
