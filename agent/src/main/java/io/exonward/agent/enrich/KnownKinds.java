package io.exonward.agent.enrich;

import io.exonward.agent.process.Image;
import io.exonward.agent.sensor.KernelEvent.Circumstances;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which kind an execution is of, told by its circumstances and its parent, so that what was found
 * out about the first need not be found out again. An answer holds as long as the policy is the
 * same and no file was written that somebody executed, but for a second at most: user names,
 * containers, rules that expire and ancestors that changed are looked at anew after that.
 *
 * <p>Bounded: all are forgotten when there are too many. Not thread-safe.
 */
final class KnownKinds {
  private static final Duration LIFE = Duration.ofSeconds(1);
  private static final int MAX_KINDS = 1024;

  private final IdentityHashMap<Circumstances, Known> kinds = new IdentityHashMap<>();
  private int size;
  private Instant end = Instant.MIN;
  private Moment moment = new Moment(0, 0);

  /**
   * What all answers depend on.
   *
   * @param policy version of the policy
   * @param code rises when code that was inspected may have changed
   */
  record Moment(long policy, long code) {
    boolean is(long otherPolicy, long otherCode) {
      return policy == otherPolicy && code == otherCode;
    }
  }

  /** Kinds under the same circumstances, by what the parent runs. */
  private record Known(@Nullable Image parent, RepeatedKind kind, @Nullable Known next) {}

  /** Forgets what does not hold any longer. */
  void follow(Instant now, long policy, long code) {
    if (!moment.is(policy, code) || !now.isBefore(end)) {
      kinds.clear();
      size = 0;
      moment = new Moment(policy, code);
      end = now.plus(LIFE);
    }
  }

  /** What answers depend on now. */
  Moment moment() {
    return moment;
  }

  /** The kind; null if it is not known. */
  @Nullable RepeatedKind find(Circumstances circumstances, @Nullable Image parent) {
    Known known = kinds.get(circumstances);
    while (known != null && !Objects.equals(parent, known.parent)) {
      known = known.next;
    }
    return known == null || known.kind.isForgotten() ? null : known.kind;
  }

  /**
   * Remembers what was found out about an execution.
   *
   * @param since when the finding out began
   */
  void remember(
      Moment since, Circumstances circumstances, @Nullable Image parent, RepeatedKind kind) {
    if (!since.equals(moment)) {
      return;
    }
    if (size >= MAX_KINDS) {
      kinds.clear();
      size = 0;
    }
    kinds.merge(
        circumstances,
        new Known(parent, kind, null),
        (old, made) -> new Known(made.parent, made.kind, old));
    size++;
  }
}
