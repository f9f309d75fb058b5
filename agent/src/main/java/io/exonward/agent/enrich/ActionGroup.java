package io.exonward.agent.enrich;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.Event;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.wire.Limits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same action of one process, once or more. Not thread-safe. */
final class ActionGroup {
  private final KernelEvent.Action first;
  private final @Nullable String containerId;
  private final @Nullable ProcessId target;
  private final Instant since;
  private long count;
  private Instant firstAt;
  private Instant lastAt;
  private ProcessSummary actor;
  private @Nullable ProcessSummary targetSummary;
  private List<ProcessSummary> ancestry = List.of();

  /**
   * @param target null if there is none or it is gone
   */
  ActionGroup(
      KernelEvent.Action first,
      @Nullable String containerId,
      @Nullable ProcessId target,
      Instant since) {
    this.first = first;
    this.containerId = containerId;
    this.target = target;
    this.since = since;
    count = first.count();
    firstAt = first.occurredAt();
    lastAt = first.occurredAt();
    actor = new ProcessSummary(first.process(), null, null, null, null);
  }

  Actions.Key key() {
    return Actions.Key.of(first);
  }

  /** When the first was handed in. */
  Instant since() {
    return since;
  }

  Instant firstAt() {
    return firstAt;
  }

  void add(KernelEvent.Action action) {
    count += action.count();
    include(action.occurredAt(), action.occurredAt());
  }

  /** This one, with the count of another group of its kind added. */
  ActionGroup including(ActionGroup other) {
    count += other.count;
    include(other.firstAt, other.lastAt);
    return this;
  }

  private void include(Instant from, Instant to) {
    firstAt = from.isBefore(firstAt) ? from : firstAt;
    lastAt = to.isAfter(lastAt) ? to : lastAt;
  }

  /** Takes what is known of the processes now. */
  void settle(Actors actors) {
    actor = actors.find(first.process());
    targetSummary = target == null ? null : actors.find(target);
    ancestry = actors.ancestry(first.process());
  }

  Event.Action toEvent() {
    return new Event.Action(
        first.kind(),
        actor,
        targetSummary,
        first.address(),
        first.length(),
        first.protection(),
        detail(),
        count,
        firstAt,
        lastAt,
        ancestry,
        containerId);
  }

  private @Nullable String detail() {
    String detail = first.detail();
    if (first.targetPid() != 0 && target == null) {
      String gone = "process " + first.targetPid() + ", which has ended";
      detail = detail == null ? gone : gone + ": " + detail;
    }
    return detail == null || detail.isEmpty()
        ? null
        : Limits.truncate(detail, Limits.ACTION_DETAIL_BYTES);
  }
}
