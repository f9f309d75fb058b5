package io.exonward.server.gene;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the thread that compares code that there is work. Thread-safe. */
public final class GeneSignal {
  private final Semaphore raised = new Semaphore(0);

  /** Raising it twice is as once. */
  public void raise() {
    raised.release();
  }

  /** Waits until it is raised, at most that long, and takes it back. */
  void await(Duration longest) throws InterruptedException {
    if (raised.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      var _ = raised.drainPermits();
    }
  }
}
