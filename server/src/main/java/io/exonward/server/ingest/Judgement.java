package io.exonward.server.ingest;

import io.exonward.common.event.Code;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Fact;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.InventoryStore.ReportedCode;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import io.exonward.server.policy.HostGroup;
import io.exonward.server.policy.PolicyDecider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the server's decision in the place of the agent's, which is a claim. */
final class Judgement {
  private Judgement() {}

  /** All code of a batch with one look into the stores. */
  static ReportedCode judge(PolicyDecider decider, HostGroup group, ReportedCode code) {
    List<CodeFacts> facts = new ArrayList<>();
    code.executions().forEach(it -> facts.add(facts(it.execution())));
    code.loads().stream()
        .map(ReportedLoad::load)
        .filter(Judgement::isJudged)
        .forEach(load -> facts.add(facts(load.code(), load.path())));
    Iterator<Decision> decisions = decider.decide(group, facts).iterator();
    List<ReportedExecution> executions =
        code.executions().stream().map(it -> decided(it, decisions.next())).toList();
    List<ReportedLoad> loads =
        code.loads().stream()
            .map(it -> decided(it, isJudged(it.load()) ? decisions.next() : null))
            .toList();
    return new ReportedCode(executions, loads);
  }

  /** The kernel loads interpreters for programs that are judged; what is opened can be data. */
  private static boolean isJudged(Event.CodeLoad load) {
    return load.kind() != CodeLoadKind.INTERPRETER && load.kind() != CodeLoadKind.OPENED;
  }

  private static ReportedExecution decided(ReportedExecution reported, Decision decision) {
    Event.Execution it = reported.execution();
    return new ReportedExecution(
        reported.occurredAt(),
        reported.count(),
        new Event.Execution(
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
            decision),
        reported.runs());
  }

  private static ReportedLoad decided(ReportedLoad reported, @Nullable Decision decision) {
    Event.CodeLoad it = reported.load();
    return new ReportedLoad(
        reported.occurredAt(),
        new Event.CodeLoad(
            it.kind(),
            it.loader(),
            it.path(),
            it.code(),
            it.ancestry(),
            it.containerId(),
            decision));
  }

  static CodeFacts facts(Event.Execution execution) {
    return facts(execution.code(), execution.executable());
  }

  /** Without content nobody could compare a digest, so that no owner means nothing then. */
  private static CodeFacts facts(Code code, @Nullable String path) {
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
