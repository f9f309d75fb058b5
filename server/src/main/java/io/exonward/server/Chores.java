package io.exonward.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that comes again and again, on one thread. A round that fails is logged and the next one
 * comes all the same. Thread-safe.
 */
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
  private static final int STOP_SECONDS = 10;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chores").daemon().factory());

  /** Runs {@code chore} for the first time after one {@code pause}. */
  void every(Duration pause, String name, Runnable chore) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> run(name, chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void run(String name, Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("chore", name).setCause(e).log("chore failed, it comes again");
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
