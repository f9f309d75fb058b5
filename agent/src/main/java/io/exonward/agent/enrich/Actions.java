package io.exonward.agent.enrich;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.process.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage that turns what processes do into events. The same done again by a process within a
 * second is counted. Of each kind a limited number of events goes on in a second; what is more goes
 * on as one event with the whole count and the details of the last. Not thread-safe: owned by the
 * pipeline's thread.
 */
public final class Actions implements Consumer<KernelEvent.Action> {
  private static final Duration HELD = Duration.ofSeconds(1);
  private static final Duration SETTLED = Duration.ofMillis(Actors.SETTLED_MILLIS);
  private static final int MAX_HELD = 2048;
  private static final int PER_SECOND = 100;

  private final Actors actors;
  private final EventSink next;
  private final InstantSource clock;
  private final Map<Key, ActionGroup> groups = new HashMap<>();
  private final Deque<ActionGroup> settling = new ArrayDeque<>();
  private final Deque<ActionGroup> waiting = new ArrayDeque<>();
  private final Map<ActionKind, Integer> sent = new EnumMap<>(ActionKind.class);
  private final Map<ActionKind, ActionGroup> merged = new EnumMap<>(ActionKind.class);
  private Instant secondStartedAt = Instant.MIN;

  public Actions(Actors actors, EventSink next, InstantSource clock) {
    this.actors = actors;
    this.next = next;
    this.clock = clock;
  }

  /** What makes two actions the same. */
  record Key(ProcessId process, ActionKind kind, int targetPid, @Nullable String detail) {
    static Key of(KernelEvent.Action action) {
      return new Key(action.process(), action.kind(), action.targetPid(), action.detail());
    }
  }

  @Override
  public void accept(KernelEvent.Action action) {
    Key key = Key.of(action);
    ActionGroup known = groups.get(key);
    if (known != null) {
      known.add(action);
      return;
    }
    String container = actors.container(action.process(), action.cgroupId());
    ProcessId target = actors.living(action.targetPid()).orElse(null);
    ActionGroup group = new ActionGroup(action, container, target, clock.instant());
    groups.put(key, group);
    settling.add(group);
    if (groups.size() > MAX_HELD) {
      sendOldest();
    }
  }

  /**
   * Sends on what was held for its time.
   *
   * @return when more will be due; {@link Instant#MAX} if nothing is held
   */
  public Instant sendDue() {
    Instant now = clock.instant();
    while (isDue(settling, now.minus(SETTLED))) {
      settle(settling.remove());
    }
    while (isDue(waiting, now.minus(HELD))) {
      sendOldest();
    }
    if (!now.isBefore(secondStartedAt.plus(HELD))) {
      startSecond(now);
    }
    return nextDue();
  }

  private Instant nextDue() {
    Instant due = merged.isEmpty() ? Instant.MAX : secondStartedAt.plus(HELD);
    due = earlier(due, settling, SETTLED);
    return earlier(due, waiting, HELD);
  }

  private static Instant earlier(Instant due, Deque<ActionGroup> queue, Duration held) {
    if (queue.isEmpty()) {
      return due;
    }
    Instant first = queue.getFirst().since().plus(held);
    return first.isBefore(due) ? first : due;
  }

  private static boolean isDue(Deque<ActionGroup> queue, Instant due) {
    return !queue.isEmpty() && !queue.getFirst().since().isAfter(due);
  }

  private void settle(ActionGroup group) {
    group.settle(actors);
    waiting.add(group);
  }

  private void sendOldest() {
    if (waiting.isEmpty()) {
      settle(settling.remove());
    }
    ActionGroup group = waiting.remove();
    groups.remove(group.key());
    ActionKind kind = group.key().kind();
    int before = sent.merge(kind, 1, Integer::sum);
    if (before <= PER_SECOND) {
      send(group);
    } else {
      ActionGroup all = merged.get(kind);
      merged.put(kind, all == null ? group : group.including(all));
    }
  }

  private void startSecond(Instant now) {
    merged.values().forEach(this::send);
    merged.clear();
    sent.clear();
    secondStartedAt = now;
  }

  private void send(ActionGroup group) {
    Event event = group.toEvent();
    next.accept(new ObservedEvent(group.firstAt(), group.since(), event));
  }

  /** Sends on whatever is held: before the agent stops. */
  public void flush() {
    while (!settling.isEmpty() || !waiting.isEmpty()) {
      sendOldest();
    }
    startSecond(clock.instant());
  }

  /** Events held now. */
  int held() {
    return groups.size();
  }
}
