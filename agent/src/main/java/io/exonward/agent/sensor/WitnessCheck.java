package io.exonward.agent.sensor;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a sensor says with what is counted elsewhere. A reading is compared with the one
 * before it: whatever ran until then must have been delivered by now, so that what is on its way
 * does not look like a difference. For one thread.
 *
 * <p>Forks are compared with tolerance, because the kernel counts workers of io_uring and vhost
 * that no trace point sees. Executions that ran must all be there.
 */
final class WitnessCheck {
  /** Fewer forks than this say nothing. */
  private static final long SOME_FORKS = 20;

  private @Nullable Reading before;
  private int contradictions;

  /**
   * Counts at one moment.
   *
   * @param machineForks processes and threads created since boot; empty if not known
   * @param events handed on by the sensor
   * @param witness the sensor's own counts; null if it has none
   */
  record Reading(OptionalLong machineForks, long events, @Nullable Counts witness) {}

  /** A {@link Witness} at one moment. */
  record Counts(OptionalLong forks, OptionalLong executions, long delivered, long lost) {
    /** Reads what must have been delivered before what has been. */
    static Counts of(Witness witness) {
      OptionalLong forks = witness.forksSeen();
      OptionalLong executions = witness.executionsSeen();
      return new Counts(forks, executions, witness.executionsDelivered(), witness.executionsLost());
    }
  }

  /** What a comparison found. */
  sealed interface Finding {
    /** Nothing speaks against the sensor. */
    record Agrees() implements Finding {}

    /** Something does, but may have a harmless reason: prove the sensor anew. */
    record Doubts(String reason) implements Finding {}

    /** It has missed executions, in two comparisons running. */
    record Contradicts(String reason) implements Finding {}
  }

  /** Compares with the reading before; the first one agrees. */
  Finding compare(Reading now) {
    Reading earlier = before;
    before = now;
    if (earlier == null) {
      return new Finding.Agrees();
    }
    long missing = missing(earlier.witness, now.witness);
    contradictions = missing > 0 ? contradictions + 1 : 0;
    if (contradictions > 1) {
      return new Finding.Contradicts(
          missing + " executions ran through the sensor and were neither handed on nor counted");
    }
    return forks(earlier, now);
  }

  private static long missing(@Nullable Counts earlier, @Nullable Counts now) {
    if (earlier == null || now == null || earlier.executions.isEmpty()) {
      return 0;
    }
    return earlier.executions.getAsLong() - now.delivered - now.lost;
  }

  private static Finding forks(Reading earlier, Reading now) {
    if (earlier.machineForks.isEmpty() || now.machineForks.isEmpty()) {
      return new Finding.Agrees();
    }
    long forks = now.machineForks.getAsLong() - earlier.machineForks.getAsLong();
    if (forks < SOME_FORKS) {
      return new Finding.Agrees();
    }
    if (now.events == earlier.events) {
      return new Finding.Doubts("no event while the machine counted " + forks + " forks");
    }
    if (earlier.witness == null
        || now.witness == null
        || earlier.witness.forks.isEmpty()
        || now.witness.forks.isEmpty()) {
      return new Finding.Agrees();
    }
    long seen = now.witness.forks.getAsLong() - earlier.witness.forks.getAsLong();
    return seen >= forks / 2
        ? new Finding.Agrees()
        : new Finding.Doubts("saw " + seen + " of the machine's " + forks + " forks");
  }
}
