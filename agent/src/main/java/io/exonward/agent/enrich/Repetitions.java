package io.exonward.agent.enrich;

import io.exonward.common.event.Event;
import io.exonward.common.event.Event.Execution;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stage that keeps executions few: the first of a kind goes on in full, further ones are
 * counted and go on as one {@link Event.Repetition} a second later at the latest. Two executions
 * are of a kind when code, executable, user, container, command line, the parent's executable and
 * the decision are the same.
 *
 * <p>Remembers a bounded number of kinds, the most recently seen; one that was forgotten is sent in
 * full again. Not thread-safe: owned by the pipeline's thread.
 */
public final class Repetitions implements EventSink {
  private static final Duration HELD = Duration.ofSeconds(1);

  private final EventSink next;
  private final InstantSource clock;
  private final int maxKinds;
  private final Map<Sha256, Kind> kinds = new LinkedHashMap<>(64, 0.75f, true);
  private final Deque<Kind> counting = new ArrayDeque<>();

  public Repetitions(EventSink next, InstantSource clock, int maxKinds) {
    this.next = next;
    this.clock = clock;
    this.maxKinds = maxKinds;
  }

  /** What was counted since the last report. */
  private static final class Kind {
    private long count;
    private @Nullable Instant since;
    private @Nullable Instant firstAt;
    private @Nullable ObservedEvent last;
    private @Nullable Execution execution;
  }

  @Override
  public void accept(ObservedEvent event) {
    if (!(event.event() instanceof Execution execution) || execution.isBackfill()) {
      next.accept(event);
      return;
    }
    Sha256 key = key(execution);
    Kind kind = kinds.get(key);
    if (kind == null) {
      kinds.put(key, new Kind());
      forgetOldest();
      next.accept(event);
      return;
    }
    if (kind.count++ == 0) {
      kind.since = clock.instant();
      kind.firstAt = event.bestTime();
      counting.add(kind);
    }
    kind.last = event;
    kind.execution = execution;
  }

  /** Sends on what was held for its time; to be called several times a second. */
  public void sendDue() {
    Instant due = clock.instant().minus(HELD);
    Kind kind = counting.peek();
    while (kind != null && kind.since != null && !kind.since.isAfter(due)) {
      counting.remove();
      send(kind);
      kind = counting.peek();
    }
  }

  /** Sends on whatever is held: before the agent stops. */
  public void flush() {
    counting.forEach(this::send);
    counting.clear();
  }

  /** Sends everything in full once more: what was sent before may have been lost. */
  public void forget() {
    flush();
    kinds.clear();
  }

  private void forgetOldest() {
    if (kinds.size() > maxKinds) {
      var oldest = kinds.entrySet().iterator();
      Kind kind = oldest.next().getValue();
      oldest.remove();
      if (kind.count > 0) {
        counting.remove(kind);
        send(kind);
      }
    }
  }

  private void send(Kind kind) {
    ObservedEvent last = kind.last;
    Execution execution = kind.execution;
    Instant firstAt = kind.firstAt;
    if (last == null || execution == null || firstAt == null) {
      throw new IllegalStateException("a kind that counts has a newest event");
    }
    Event repetition =
        new Event.Repetition(
            kind.count,
            firstAt,
            last.bestTime(),
            execution.user(),
            execution.executable(),
            execution.code(),
            execution.containerId(),
            execution.decision(),
            execution.process(),
            execution.ancestry(),
            List.of());
    kind.count = 0;
    kind.last = null;
    kind.execution = null;
    next.accept(new ObservedEvent(last.occurredAt(), last.observedAt(), repetition));
  }

  /** A digest, because a command line is long and its sender may search for collisions. */
  private static Sha256 key(Execution execution) {
    ProcessSummary parent = execution.ancestry().isEmpty() ? null : execution.ancestry().getFirst();
    StringBuilder text = new StringBuilder(256);
    part(text, execution.code().origin());
    part(text, execution.code().hash());
    part(text, execution.executable());
    part(text, execution.user().uid());
    part(text, execution.containerId());
    part(text, parent == null ? null : parent.executable());
    part(text, execution.decision());
    execution.commandLine().forEach(argument -> part(text, argument));
    return Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void part(StringBuilder text, @Nullable Object value) {
    String part = String.valueOf(value);
    text.append(part.length()).append(':').append(part);
  }
}
