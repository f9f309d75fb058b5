package io.exonward.agent.sensor.ebpf;

import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.event.LossCause;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Hands on what is in the ring, in batches: when something comes it rests for some milliseconds
 * first, so that a busy host costs tens of wake-ups a second and not tens of thousands; the bell
 * ends the rest early. An idle host costs none.
 */
final class RingLoop {
  private static final int REST_MILLIS = 150;
  private static final int WAKE = 1;
  private static final int AT_ONCE = 512;
  private static final int FILLING_MILLIS = 1;

  private final ExecPrograms programs;
  private final SensorThread thread;
  private final AtomicLong delivered;
  private final KernelEventSink sink;
  private final Clock clock;
  private final Supplier<Detail> detail;
  private final BootClock bootClock;
  private final RecordReader records;
  private final List<KernelEvent> batch = new ArrayList<>();
  private int executions; // in the batch
  private boolean isBare;
  private long lossesSeen;
  private Instant lossesSeenAt;

  RingLoop(
      ExecPrograms programs,
      SensorThread thread,
      AtomicLong delivered,
      KernelEventSink sink,
      EbpfSensor.Setting setting) {
    this.programs = programs;
    this.thread = thread;
    this.delivered = delivered;
    this.sink = sink;
    clock = setting.clock();
    detail = setting.detail();
    bootClock = new BootClock(clock);
    records = new RecordReader(setting.bootId(), bootClock);
    lossesSeenAt = clock.instant();
  }

  /** Runs until {@code wakeNumber} is ready. */
  void run(int wakeNumber) {
    Poller idle = new Poller(programs.ring().number(), wakeNumber);
    Poller rest = new Poller(programs.bell().number(), wakeNumber);
    Poller stop = new Poller(wakeNumber);
    while (!thread.isStopping()) {
      idle.await(Poller.FOREVER);
      if (!idle.isReady(WAKE)) {
        rest.await(REST_MILLIS);
        programs.bell().drain((_, _, _) -> {});
      }
      drain(stop);
      followDetail();
    }
  }

  private void followDetail() {
    boolean wanted = detail.get() == Detail.BARE;
    if (wanted != isBare) {
      programs.leaveBare(wanted);
      isBare = wanted;
    }
  }

  /** While the next stage is filling, the kernel's ring is the better place to wait. */
  private void drain(Poller stop) {
    bootClock.align();
    int count;
    do {
      while (sink.isFilling() && !thread.isStopping()) {
        stop.await(FILLING_MILLIS);
      }
      count = programs.ring().drain(this::accept, AT_ONCE);
      handOn();
      thread.countEvents(count);
    } while (count == AT_ONCE && !thread.isStopping());
    reportLosses();
  }

  private void accept(ByteBuffer memory, int offset, int length) {
    KernelEvent event = records.read(memory, offset, length);
    if (event != null) {
      batch.add(event);
      executions += event instanceof KernelEvent.Exec ? 1 : 0;
    }
  }

  private void handOn() {
    if (!batch.isEmpty()) {
      sink.acceptAll(batch);
      batch.clear();
      delivered.addAndGet(executions);
      executions = 0;
    }
  }

  private void reportLosses() {
    Instant now = clock.instant();
    long losses = programs.lost();
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
