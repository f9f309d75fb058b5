package io.exonward.agent.sensor;

import io.exonward.agent.linux.Kernel;
import io.exonward.agent.linux.Wakeup;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.wire.Limits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one sensor, its counts and its state. {@link #start}, {@link #stop} are for the
 * sensor's owner; the rest is thread-safe.
 */
public final class SensorThread {
  private static final Logger LOG = LoggerFactory.getLogger(SensorThread.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** What sensors do is short, and must happen while the process they were told of still lives. */
  private static final int NICE = -15;

  private final String name;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong losses = new AtomicLong();
  private volatile SensorState state = SensorState.STANDBY;
  private volatile @Nullable String detail;
  private volatile boolean isStopping;
  private volatile Runnable onFailure = () -> {};
  private @Nullable Wakeup wakeup;
  private @Nullable Thread thread;

  /**
   * Makes a thread that is not started.
   *
   * @param name of the sensor
   */
  public SensorThread(String name) {
    this.name = name;
  }

  /** What the thread does until {@link #isStopping}; it frees what the sensor holds. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs until told to stop; returning earlier is a failure.
     *
     * @param wakeNumber descriptor that becomes ready when the thread shall stop
     */
    void run(int wakeNumber);
  }

  /**
   * Has {@code listener} called once, on the sensor's thread, if that ends without being told to.
   */
  public void onFailure(Runnable listener) {
    onFailure = listener;
  }

  /** Starts the named thread. */
  public void start(Body body) {
    Wakeup stopSignal = new Wakeup();
    wakeup = stopSignal;
    state = SensorState.RUNNING;
    thread =
        Thread.ofPlatform()
            .name("sensor-" + name)
            .daemon()
            .start(() -> runGuarded(body, stopSignal.number()));
  }

  private void runGuarded(Body body, int wakeNumber) {
    try {
      Kernel.setNice(NICE);
      body.run(wakeNumber);
      if (!isStopping) {
        fail("ended without being told to");
      }
    } catch (Throwable e) { // top of a thread: whatever it was, the sensor is gone
      LOG.atWarn().addKeyValue("sensor", name).setCause(e).log("sensor failed");
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** Says that the sensor is broken, when its thread cannot. */
  public void fail(String reason) {
    detail = reason;
    state = SensorState.FAILED;
    onFailure.run();
  }

  /** Says that the sensor could not be started. */
  public void refuse(String reason) {
    detail = reason;
    state = SensorState.UNAVAILABLE;
  }

  /** Says something about a sensor that runs; null for nothing. */
  public void describe(@Nullable String text) {
    detail = text;
  }

  /** Whether the body must return. */
  public boolean isStopping() {
    return isStopping;
  }

  /** Counts events seen. */
  public void countEvents(long count) {
    events.addAndGet(count);
  }

  /** Counts events known to be missing. */
  public void countLosses(long count) {
    losses.addAndGet(count);
  }

  /** State and counts now. */
  public SensorStatus status() {
    String said = detail;
    // Names of mounts stand in it, and the server refuses a coverage that is over a limit.
    String kept = said == null ? null : Limits.truncate(said, Limits.SENSOR_DETAIL_BYTES);
    return new SensorStatus(name, state, kept, events.get(), losses.get());
  }

  /** Ends the thread and waits for it, at most five seconds; idempotent. */
  public void stop() {
    Wakeup stopSignal = wakeup;
    Thread running = thread;
    isStopping = true;
    if (stopSignal == null || running == null) {
      return;
    }
    stopSignal.signal();
    if (Thread.currentThread() != running && join(running)) {
      stopSignal.close();
      wakeup = null;
      thread = null;
      state = state == SensorState.RUNNING ? SensorState.STANDBY : state;
    }
  }

  private static boolean join(Thread running) {
    try {
      return running.join(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
