package io.exonward.agent.sensor;

import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What the tiers of a ladder share.
 *
 * @param loop the one thread on which tiers start, fail and are tried again
 * @param onChange called on that thread after the state of a sensor may have changed
 */
record LadderParts(
    KernelEventSink sink,
    Clock clock,
    ScheduledExecutorService loop,
    Proofs proofs,
    Timing timing,
    Runnable onChange) {
  /** Runs {@code task} on the loop, later. */
  void after(Duration pause, Runnable task) {
    var _ = loop.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reports what a sensor that failed did not see. */
  void reportGap(String sensor, Instant from, Instant to) {
    sink.accept(
        new KernelEvent.Lost(
            sensor, LossCause.SENSOR_FAILED, from, to.isBefore(from) ? from : to, 0));
  }
}
