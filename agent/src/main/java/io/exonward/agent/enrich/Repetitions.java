package io.exonward.agent.enrich;

import io.exonward.common.event.Event.Execution;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stage that keeps events of executions few: the first of a kind goes on in full, further ones
 * are listed, each with its command line, and go on as one {@link
 * io.exonward.common.event.Event.Repetition} a second later at the latest, or as soon as an event
 * is full of them. Two executions are of a kind when code, executable, user, container, the
 * parent's executable and the decision are the same.
 *
 * <p>Remembers a bounded number of kinds, the most recently seen; one that was forgotten is sent in
 * full again. Not thread-safe: owned by the pipeline's thread.
 */
public final class Repetitions implements EventSink {
  private static final Duration HELD = Duration.ofSeconds(1);

  private final EventSink next;
  private final Function<ProcessId, List<ProcessSummary>> ancestry;
  private final InstantSource clock;
  private final int maxKinds;
  private final Map<Sha256, RepeatedKind> kinds = new LinkedHashMap<>(64, 0.75f, true);
  private final Deque<RepeatedKind> counting = new ArrayDeque<>();
  private @Nullable RepeatedKind newest;

  /**
   * @param ancestry finds the ancestry of a process that is about to be reported; empty if nothing
   *     is known
   */
  public Repetitions(
      EventSink next,
      Function<ProcessId, List<ProcessSummary>> ancestry,
      InstantSource clock,
      int maxKinds) {
    this.next = next;
    this.ancestry = ancestry;
    this.clock = clock;
    this.maxKinds = maxKinds;
  }

  @Override
  public void accept(ObservedEvent event) {
    newest = null;
    if (!(event.event() instanceof Execution execution) || execution.isBackfill()) {
      next.accept(event);
      return;
    }
    Sha256 key = key(execution);
    RepeatedKind kind = kinds.get(key);
    if (kind == null) {
      kind = new RepeatedKind(execution);
      kinds.put(key, kind);
      forgetOldest();
      next.accept(event);
    } else {
      repeat(kind, repeated(event, execution));
      kind.renew(execution);
    }
    newest = kind;
  }

  private static Repeated repeated(ObservedEvent event, Execution execution) {
    return new Repeated(
        execution.process(),
        event.bestTime(),
        event.observedAt(),
        new CommandLines(execution.commandLine(), execution.isCommandLineTruncated()));
  }

  /** The kind of the execution that was accepted last; null if it is of none. */
  @Nullable RepeatedKind newest() {
    return newest;
  }

  /**
   * One more execution of a kind.
   *
   * @param command null where details are shed
   */
  record Repeated(
      ProcessId process, Instant occurredAt, Instant observedAt, @Nullable CommandLines command) {}

  /** Counts one more execution of a kind that is not forgotten. */
  void repeat(RepeatedKind kind, Repeated repeated) {
    if (kind.count() > 0) {
      if (kind.add(repeated)) {
        return;
      }
      counting.remove(kind);
      next.accept(kind.take(ancestry));
    }
    kind.countFrom(clock.instant(), repeated);
    counting.add(kind);
  }

  /**
   * Sends on what was held for its time.
   *
   * @return when more will be due; {@link Instant#MAX} if nothing is held
   */
  public Instant sendDue() {
    Instant now = clock.instant();
    RepeatedKind kind = counting.peek();
    while (kind != null && !kind.since().plus(HELD).isAfter(now)) {
      counting.remove();
      next.accept(kind.take(ancestry));
      kind = counting.peek();
    }
    return kind == null ? Instant.MAX : kind.since().plus(HELD);
  }

  /** Sends on whatever is held: before the agent stops. */
  public void flush() {
    counting.forEach(kind -> next.accept(kind.take(ancestry)));
    counting.clear();
  }

  /** Sends everything in full once more: what was sent before may have been lost. */
  public void forget() {
    flush();
    kinds.values().forEach(RepeatedKind::forget);
    kinds.clear();
  }

  private void forgetOldest() {
    if (kinds.size() > maxKinds) {
      var oldest = kinds.entrySet().iterator();
      RepeatedKind kind = oldest.next().getValue();
      oldest.remove();
      kind.forget();
      if (kind.count() > 0) {
        counting.remove(kind);
        next.accept(kind.take(ancestry));
      }
    }
  }

  /** A digest, because paths are long and who chooses them may search for collisions. */
  private static Sha256 key(Execution execution) {
    ProcessSummary parent = execution.ancestry().isEmpty() ? null : execution.ancestry().getFirst();
    StringBuilder text = new StringBuilder(256);
    part(text, execution.code().origin());
    part(text, execution.code().hash());
    part(text, execution.executable());
    part(text, execution.user().uid());
    part(text, execution.user().gid());
    part(text, execution.containerId());
    part(text, parent == null ? null : parent.executable());
    part(text, execution.decision());
    return Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void part(StringBuilder text, @Nullable Object value) {
    String part = String.valueOf(value);
    text.append(part.length()).append(':').append(part);
  }
}
