package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.SensorThread;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the sensor's thread leaves unanswered for too long. What it has to take from the
 * queue for that waits for the thread's next turn, up to a limit; what is over that is counted as
 * lost. If the thread does not come back at all the group is closed, which lets everybody go.
 *
 * <p>It sleeps while nothing is executed: the first turn of the sensor's thread wakes it, and after
 * a second without any it sleeps again.
 */
final class AnswerWatchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWatchdog.class);
  private static final Duration AWAKE = Duration.ofSeconds(1);
  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  private final Fanotify group;
  private final SensorThread sensor;
  private final TakenEvents taken = new TakenEvents();
  private final long lookNanos;
  private final Thread thread;
  private volatile long turns;
  private volatile boolean isAwake;
  private volatile boolean isClosed;

  /**
   * Starts its thread.
   *
   * @param answerWithin how long a question may wait
   */
  AnswerWatchdog(Fanotify group, SensorThread sensor, Duration answerWithin) {
    this.group = group;
    this.sensor = sensor;
    lookNanos = answerWithin.toNanos() / 2;
    thread = Thread.ofPlatform().name("fanotify-watchdog").daemon().start(this::run);
  }

  /** The sensor's thread is about to read; hands on what was taken from it meanwhile. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void turn(FileHandover handover) {
    turns++;
    if (!isAwake) {
      isAwake = true;
      LockSupport.unpark(thread);
    }
    taken.hand(handover);
  }

  private void run() {
    Fanotify.Batch batch = new Fanotify.Batch();
    Poller poller = new Poller(group.number());
    long seenTurns = turns;
    long turnedNanos = System.nanoTime();
    boolean wasWaiting = false;
    while (!isClosed) {
      pause();
      long now = System.nanoTime();
      if (turns != seenTurns) {
        seenTurns = turns;
        turnedNanos = now;
        wasWaiting = false;
        continue;
      }
      poller.await(0);
      boolean isWaiting = poller.isReady(0);
      if (isWaiting && wasWaiting) {
        answer(batch, now - turnedNanos);
      } else if (!isWaiting && now - turnedNanos > AWAKE.toNanos()) {
        isAwake = false;
        isAwake = turns != seenTurns; // who took a turn just now did not wake us
      }
      wasWaiting = isWaiting;
    }
  }

  private void pause() {
    if (isAwake) {
      LockSupport.parkNanos(lookNanos);
    } else {
      LockSupport.park(this);
    }
  }

  private void answer(Fanotify.Batch batch, long stuckNanos) {
    try {
      while (group.read(batch, taken) > 0) {
        // Until nobody waits.
      }
      if (stuckNanos > GIVE_UP.toNanos()) {
        giveUp();
      }
    } catch (NativeException e) {
      LOG.atWarn().setCause(e).log("questions of executions are not answered");
      giveUp();
    }
  }

  private void giveUp() {
    isClosed = true;
    group.close();
    sensor.fail("hung for " + GIVE_UP.toSeconds() + " s: executions go unasked");
  }

  /** Ends its thread. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(GIVE_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    taken.close();
  }
}
