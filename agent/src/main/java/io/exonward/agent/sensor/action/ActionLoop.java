package io.exonward.agent.sensor.action;

import io.exonward.agent.linux.BpfArray;
import io.exonward.agent.linux.BpfRing;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Instant;

/**
 * Hands on what is in the ring. After each batch it rests, as nobody waits for what it reads; the
 * bell ends the rest early where a file must be opened while its process lives.
 */
final class ActionLoop {
  private static final int REST_MILLIS = 20;
  private static final int WAKE = 1;

  private final Maps maps;
  private final SensorThread thread;
  private final KernelEventSink sink;
  private final Clock clock;
  private final ActionReader records;
  private long lossesSeen;
  private Instant lossesSeenAt;

  ActionLoop(
      Maps maps, SensorThread thread, KernelEventSink sink, Clock clock, ActionReader records) {
    this.maps = maps;
    this.thread = thread;
    this.sink = sink;
    this.clock = clock;
    this.records = records;
    lossesSeenAt = clock.instant();
  }

  /** What the BPF programs share with us. */
  record Maps(BpfRing ring, BpfRing bell, BpfArray losses) {}

  /** Runs until {@code wakeNumber} is ready. */
  void run(int wakeNumber) {
    Poller idle = new Poller(maps.ring.number(), wakeNumber);
    Poller rest = new Poller(maps.bell.number(), wakeNumber);
    while (!thread.isStopping()) {
      idle.await(Poller.FOREVER);
      boolean isBusy = drain() > 0;
      if (isBusy && !idle.isReady(WAKE)) {
        rest.await(REST_MILLIS);
        maps.bell.drain((_, _, _) -> {});
      }
    }
  }

  private int drain() {
    records.clock().align();
    int count = maps.ring.drain(records::read);
    thread.countEvents(count);
    reportLosses();
    return count;
  }

  private void reportLosses() {
    Instant now = clock.instant();
    long losses = maps.losses.read(0);
    if (losses != lossesSeen) {
      long count = losses - lossesSeen;
      thread.countLosses(count);
      sink.accept(
          new KernelEvent.Lost(
              ActionSensor.NAME, LossCause.KERNEL_BUFFER, lossesSeenAt, now, count));
      lossesSeen = losses;
    }
    lossesSeenAt = now;
  }
}
