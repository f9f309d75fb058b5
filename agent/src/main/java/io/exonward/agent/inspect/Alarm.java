package io.exonward.agent.inspect;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Looks after what waits, now and then, and not at all while nothing does. Thread-safe. */
final class Alarm implements AutoCloseable {
  private final long everyNanos;
  private final Runnable look;
  private final BooleanSupplier isWanted;
  private final AtomicBoolean isSet = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("inspect-timer").daemon().factory());

  /**
   * @param isWanted whether something waits
   */
  Alarm(Duration every, Runnable look, BooleanSupplier isWanted) {
    everyNanos = every.toNanos();
    this.look = look;
    this.isWanted = isWanted;
  }

  /** Something waits from now on. */
  void set() {
    if (!isSet.get() && isSet.compareAndSet(false, true)) {
      schedule();
    }
  }

  private void schedule() {
    try {
      var _ = timer.schedule(this::run, everyNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: whoever waits is answered by who closed it.
    }
  }

  private void run() {
    look.run();
    if (isWanted.getAsBoolean()) {
      schedule();
      return;
    }
    isSet.set(false);
    if (isWanted.getAsBoolean()) {
      set(); // it came between the question and the answer
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
