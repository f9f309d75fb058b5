package io.exonward.packaging;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline far beyond what it should take. */
final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private Await() {}

  /** The first present answer. */
  static <T> T until(String what, Supplier<Optional<T>> condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> answer = condition.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("not within " + DEADLINE.toSeconds() + " s: " + what);
  }

  static void isTrue(String what, Supplier<Boolean> condition) {
    until(what, () -> condition.get() ? Optional.of(true) : Optional.empty());
  }
}
