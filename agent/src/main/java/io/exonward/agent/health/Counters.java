package io.exonward.agent.health;

import io.exonward.common.event.LossCause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the agent started. Thread-safe. */
public final class Counters {
  /** What is counted. */
  public enum Counter {
    EXECUTIONS,
    BACKFILLED,
    REPETITIONS,
    /** Command lines of repeated executions that were left out to save time. */
    COMMAND_LINES_SHED,
    SENT,
    ACKNOWLEDGED,
    BATCHES,
    CONNECTIONS,
    RESPONSES_REFUSED,
    ANALYSES,
    ANALYSES_REFUSED,
    EVENTS_DISCARDED
  }

  private final Map<Counter, LongAdder> counts = fill(Counter.class, Counter.values());
  private final Map<LossCause, LongAdder> losses = fill(LossCause.class, LossCause.values());

  private static <E extends Enum<E>> Map<E, LongAdder> fill(Class<E> type, E[] keys) {
    Map<E, LongAdder> map = new EnumMap<>(type);
    for (E key : keys) {
      map.put(key, new LongAdder());
    }
    return Collections.unmodifiableMap(map);
  }

  /** Adds to a counter. */
  public void add(Counter counter, long count) {
    add(counts, counter, count);
  }

  /** Counts lost events; where their number is not known, one. */
  public void lost(LossCause cause, long count) {
    add(losses, cause, Math.max(1, count));
  }

  private static <E extends Enum<E>> void add(Map<E, LongAdder> to, E key, long count) {
    LongAdder adder = to.get(key);
    if (adder != null) { // there is one for each
      adder.add(count);
    }
  }

  /** By name in snake_case, in a fixed order. */
  public Map<String, Long> counts() {
    return snapshot(counts);
  }

  /** Losses by cause, those above zero. */
  public Map<String, Long> losses() {
    Map<String, Long> all = new LinkedHashMap<>(snapshot(losses));
    all.values().removeIf(count -> count == 0);
    return all;
  }

  private static <E extends Enum<E>> Map<String, Long> snapshot(Map<E, LongAdder> from) {
    Map<String, Long> values = new LinkedHashMap<>();
    from.forEach((key, count) -> values.put(key.name().toLowerCase(Locale.ROOT), count.sum()));
    return values;
  }
}
