package io.exonward.agent.decide;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event.Execution;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Fact;
import io.exonward.common.policy.PackageRef;

/** The stage that adds the decision to each execution. As thread-safe as the next stage is. */
public final class DecisionStage implements EventSink {
  private final ExecDecider decider;
  private final EventSink next;

  public DecisionStage(ExecDecider decider, EventSink next) {
    this.decider = decider;
    this.next = next;
  }

  @Override
  public void accept(ObservedEvent event) {
    next.accept(
        event.event() instanceof Execution execution
            ? new ObservedEvent(event.occurredAt(), event.observedAt(), decided(execution))
            : event);
  }

  private Execution decided(Execution execution) {
    return new Execution(
        execution.isBackfill(),
        execution.process(),
        execution.user(),
        execution.executable(),
        execution.commandLine(),
        execution.isCommandLineTruncated(),
        execution.workingDirectory(),
        execution.code(),
        execution.ancestry(),
        execution.containerId(),
        decider.decide(facts(execution)).orElse(null));
  }

  /** Content that was not read may be anything, and so may its owner. */
  private static CodeFacts facts(Execution execution) {
    Code code = execution.code();
    Fact<Sha256> content =
        switch (code.hash()) {
          case ContentHash.Known(var sha256) -> new Fact.Known<>(sha256);
          case ContentHash.Missing _ -> new Fact.NotYetKnown<>();
        };
    Fact<PackageRef> owner =
        content instanceof Fact.Known ? Fact.ofNullable(code.owner()) : new Fact.NotYetKnown<>();
    String path = execution.executable();
    Fact<String> where = path != null ? new Fact.Known<>(path) : new Fact.NotYetKnown<>();
    return new CodeFacts(code.origin(), content, owner, where);
  }
}
