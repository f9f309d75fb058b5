package io.exonward.server.gene;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that compares code with families: one, so that it costs at most one core. Thread-safe.
 */
public final class GeneWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GeneWorker.class);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final GeneMatching matching;
  private final GeneSignal signal;
  private final Thread thread;

  private GeneWorker(GeneMatching matching, GeneSignal signal) {
    this.matching = matching;
    this.signal = signal;
    thread = Thread.ofPlatform().name("gene-matching").daemon().unstarted(this::run);
  }

  /** Starts at once; the matching is its own from now on, and closed by it. */
  public static GeneWorker start(GeneMatching matching, GeneSignal signal) {
    GeneWorker worker = new GeneWorker(matching, signal);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try (matching) {
      while (!Thread.currentThread().isInterrupted()) {
        if (!round()) {
          signal.await(PAUSE);
        }
      }
    } catch (InterruptedException _) {
      // The server stops.
    }
  }

  /** Whether there may be more to do. */
  private boolean round() {
    try {
      return matching.round() > 0;
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("code could not be compared, it is tried again");
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(STOP)) {
        LOG.atWarn().log("the comparison of code did not stop in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
