package io.exonward.agent.sensor.ebpf;

import io.exonward.agent.linux.BpfCounter;
import io.exonward.agent.linux.BpfRing;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.event.LossCause;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;

/**
 * Hands on what is in the ring. After each batch it rests for a few milliseconds, so that a busy
 * host costs hundreds of wake-ups a second and not tens of thousands; the bell ends the rest early.
 */
final class RingLoop {
  private static final int REST_MILLIS = 5;
  private static final int IDLE_MILLIS = 1000;
  private static final int WAKE = 1;

  private final BpfRing ring;
  private final BpfRing bell;
  private final BpfCounter lossCounter;
  private final SensorThread thread;
  private final KernelEventSink sink;
  private final Clock clock;
  private final BootClock bootClock;
  private final RecordReader records;
  private long lossesSeen;
  private Instant lossesSeenAt;

  RingLoop(
      Maps maps, SensorThread thread, KernelEventSink sink, Clock clock, RecordReader records) {
    ring = maps.ring;
    bell = maps.bell;
    lossCounter = maps.losses;
    this.thread = thread;
    this.sink = sink;
    this.clock = clock;
    this.records = records;
    bootClock = records.clock();
    lossesSeenAt = clock.instant();
  }

  /** What the BPF programs share with us. */
  record Maps(BpfRing ring, BpfRing bell, BpfCounter losses) {}

  /** Runs until {@code wakeNumber} is ready. */
  void run(int wakeNumber) {
    Poller idle = new Poller(ring.number(), wakeNumber);
    Poller rest = new Poller(bell.number(), wakeNumber);
    while (!thread.isStopping()) {
      idle.await(IDLE_MILLIS);
      boolean isBusy = drain() > 0;
      if (isBusy && !idle.isReady(WAKE)) {
        rest.await(REST_MILLIS);
        bell.drain((_, _, _) -> {});
      }
    }
  }

  private int drain() {
    bootClock.align();
    int count = ring.drain(this::accept);
    thread.countEvents(count);
    reportLosses();
    return count;
  }

  private void accept(ByteBuffer memory, int offset, int length) {
    records.read(memory, offset, length).ifPresent(sink::accept);
  }

  private void reportLosses() {
    Instant now = clock.instant();
    long losses = lossCounter.read();
    if (losses != lossesSeen) {
      long count = losses - lossesSeen;
      thread.countLosses(count);
      sink.accept(
          new KernelEvent.Lost(EbpfSensor.NAME, LossCause.KERNEL_BUFFER, lossesSeenAt, now, count));
      lossesSeen = losses;
    }
    lossesSeenAt = now;
  }
}
