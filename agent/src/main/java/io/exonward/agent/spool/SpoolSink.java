package io.exonward.agent.spool;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.policy.Decision;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stage that puts events on disk. Blocks while the disk is behind, as {@link Spool#append}
 * does. Thread-safe.
 */
public final class SpoolSink implements EventSink {
  private final Spool spool;
  private final EventEncoder encoder;
  private final InstantSource clock;

  public SpoolSink(Spool spool, EventEncoder encoder, InstantSource clock) {
    this.spool = spool;
    this.encoder = encoder;
    this.clock = clock;
  }

  @Override
  public void accept(ObservedEvent event) {
    spool.append(priority(event.event()), encoder.encode(event));
  }

  /** Puts what the spool itself lost into it, and says what that was. */
  public List<Event.Loss> reportLosses() {
    List<Event.Loss> losses = spool.takeLosses();
    losses.forEach(loss -> accept(new ObservedEvent(loss.to(), clock.instant(), loss)));
    return losses;
  }

  private static Priority priority(Event event) {
    return switch (event) {
      case Event.Execution execution -> priority(execution.code(), execution.decision());
      case Event.Repetition repetition ->
          repetitionPriority(repetition.code(), repetition.decision());
      case Event.CodeLoad load -> priority(load.code(), load.decision());
      case Event.Action _ -> Priority.NORMAL;
      case Event.PackageInventory _ -> Priority.LOW;
      case Event.Loss _, Event.CoverageChange _, Event.Unrecognized _ -> Priority.NORMAL;
    };
  }

  /** The first of its kind went ahead, as urgent as it was. */
  private static Priority repetitionPriority(Code code, @Nullable Decision decision) {
    return priority(code, decision) == Priority.LOW ? Priority.LOW : Priority.UNHURRIED;
  }

  private static Priority priority(Code code, @Nullable Decision decision) {
    if (!code.origin().isFile()) {
      return Priority.URGENT;
    }
    if (decision == null) {
      return Priority.NORMAL;
    }
    return switch (decision.outcome()) {
      case ALLOW -> Priority.LOW;
      case PENDING -> Priority.NORMAL;
      case UNKNOWN, DENY -> Priority.URGENT;
    };
  }
}
