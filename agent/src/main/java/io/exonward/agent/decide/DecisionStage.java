package io.exonward.agent.decide;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.event.Event.CodeLoad;
import io.exonward.common.event.Event.Execution;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Fact;
import io.exonward.common.policy.PackageRef;
import org.jspecify.annotations.Nullable;

/**
 * The stage that adds the decision to each execution and load of code. As thread-safe as the next
 * stage is.
 */
public final class DecisionStage implements EventSink {
  private final ExecDecider decider;
  private final EventSink next;

  public DecisionStage(ExecDecider decider, EventSink next) {
    this.decider = decider;
    this.next = next;
  }

  @Override
  public void accept(ObservedEvent event) {
    switch (event.event()) {
      case Execution execution -> pass(event, decided(execution));
      case CodeLoad load -> pass(event, decided(load));
      case Event.Repetition _,
          Event.Action _,
          Event.Loss _,
          Event.CoverageChange _,
          Event.PackageInventory _,
          Event.Unrecognized _ ->
          next.accept(event);
    }
  }

  private void pass(ObservedEvent event, Event decided) {
    next.accept(new ObservedEvent(event.occurredAt(), event.observedAt(), decided));
  }

  private CodeLoad decided(CodeLoad load) {
    return new CodeLoad(
        load.kind(),
        load.loader(),
        load.path(),
        load.code(),
        load.ancestry(),
        load.containerId(),
        decider.decide(facts(load.code(), load.path())).orElse(null));
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
        decider.decide(facts(execution.code(), execution.executable())).orElse(null));
  }

  /** Content that was not read may be anything, and so may its owner. */
  private static CodeFacts facts(Code code, @Nullable String path) {
    Fact<Sha256> content =
        switch (code.hash()) {
          case ContentHash.Known(var sha256) -> new Fact.Known<>(sha256);
          case ContentHash.Missing _ -> new Fact.NotYetKnown<>();
        };
    Fact<PackageRef> owner =
        content instanceof Fact.Known ? Fact.ofNullable(code.owner()) : new Fact.NotYetKnown<>();
    Fact<String> where = path != null ? new Fact.Known<>(path) : new Fact.NotYetKnown<>();
    return new CodeFacts(code.origin(), content, owner, where);
  }
}
