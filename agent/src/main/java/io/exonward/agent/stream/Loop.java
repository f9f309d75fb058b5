package io.exonward.agent.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream's thread. A fault in one piece of work never ends it. Thread-safe. */
final class Loop implements Executor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "stream"));
  private final Runnable onFault;

  /**
   * @param onFault called on the thread after a piece of work failed
   */
  Loop(Runnable onFault) {
    this.onFault = onFault;
  }

  /** Whether the loop will do it: it does not once it is closed. */
  @CanIgnoreReturnValue
  boolean after(Duration delay, Runnable work) {
    try {
      Future<?> accepted =
          executor.schedule(() -> guard(work), delay.toMillis(), TimeUnit.MILLISECONDS);
      return !accepted.isCancelled();
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  @Override
  public void execute(Runnable work) {
    after(Duration.ZERO, work);
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("the stream met a fault");
      onFault.run();
    }
  }

  boolean isClosed() {
    return executor.isShutdown();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
