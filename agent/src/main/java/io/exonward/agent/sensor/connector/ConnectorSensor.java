package io.exonward.agent.sensor.connector;

import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.linux.ProcessConnector;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Processes by netlink. The end of a process is taken to be that of its first thread. */
public final class ConnectorSensor implements Sensor {
  static final String NAME = "connector";
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024 * 1024;
  private static final int IDLE_MILLIS = 1000;
  private static final int UNKNOWN = 0;

  private final UUID bootId;
  private final Clock clock;
  private final int receiveBufferBytes;
  private final SensorThread thread = new SensorThread(NAME);
  private final SequenceGaps gaps = new SequenceGaps();
  private Instant completeUntil;

  /** With a receive buffer of 16 MiB. */
  public ConnectorSensor(UUID bootId, Clock clock) {
    this(bootId, clock, RECEIVE_BUFFER_BYTES);
  }

  ConnectorSensor(UUID bootId, Clock clock, int receiveBufferBytes) {
    this.bootId = bootId;
    this.clock = clock;
    this.receiveBufferBytes = receiveBufferBytes;
    completeUntil = clock.instant();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    ProcessConnector connector;
    try {
      connector = new ProcessConnector(receiveBufferBytes);
    } catch (NativeException e) {
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
    completeUntil = clock.instant();
    thread.start(wakeNumber -> run(connector, sink, wakeNumber));
  }

  private void run(ProcessConnector connector, KernelEventSink sink, int wakeNumber) {
    try (connector) {
      Poller poller = new Poller(connector.number(), wakeNumber);
      ProcessMessages messages = new ProcessMessages(bootId, clock, sink);
      while (!thread.isStopping()) {
        poller.await(IDLE_MILLIS);
        receiveAll(connector, messages, sink);
        completeUntil = clock.instant();
      }
    }
  }

  private void receiveAll(
      ProcessConnector connector, ProcessMessages messages, KernelEventSink sink) {
    while (!thread.isStopping()) {
      switch (connector.receive()) {
        case NOTHING -> {
          return;
        }
        case OVERFLOW -> lose(UNKNOWN, messages, sink);
        case EVENT -> {
          ProcessMessage message = ProcessMessage.of(connector.message());
          if (message.isEvent()) {
            long missing = gaps.missingBefore(message.processor(), connector.sequence());
            if (missing > 0) {
              lose(missing, messages, sink);
            }
            thread.countEvents(messages.accept(message));
          }
        }
      }
    }
  }

  private void lose(long count, ProcessMessages messages, KernelEventSink sink) {
    thread.countLosses(count);
    messages.forget();
    sink.accept(
        new KernelEvent.Lost(NAME, LossCause.KERNEL_BUFFER, completeUntil, clock.instant(), count));
  }

  @Override
  public void onFailure(Runnable listener) {
    thread.onFailure(listener);
  }

  @Override
  public SensorStatus status() {
    return thread.status();
  }

  @Override
  public void close() {
    thread.stop();
  }
}
