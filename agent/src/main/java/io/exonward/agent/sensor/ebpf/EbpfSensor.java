package io.exonward.agent.sensor.ebpf;

import io.exonward.agent.linux.BpfCounter;
import io.exonward.agent.linux.BpfObject;
import io.exonward.agent.linux.BpfRing;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/** Every execution, fork and exit, by BPF programs on the scheduler's trace points. */
public final class EbpfSensor implements Sensor {
  static final String NAME = "ebpf";
  private static final String OBJECT = "exec.bpf.o";

  private final UUID bootId;
  private final Clock clock;
  private final int ringBytes;
  private final SensorThread thread = new SensorThread(NAME);

  /** With the ring's usual size of 4 MiB. */
  public EbpfSensor(UUID bootId, Clock clock) {
    this(bootId, clock, 4 * 1024 * 1024);
  }

  /**
   * With a ring of a given size.
   *
   * @param ringBytes a power of two, at least a page
   */
  public EbpfSensor(UUID bootId, Clock clock, int ringBytes) {
    this.bootId = bootId;
    this.clock = clock;
    this.ringBytes = ringBytes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    BpfObject object = load();
    thread.start(wakeNumber -> run(object, sink, wakeNumber));
  }

  private void run(BpfObject object, KernelEventSink sink, int wakeNumber) {
    RecordReader records = new RecordReader(bootId, new BootClock(clock));
    try (object;
        BpfRing ring = new BpfRing(object, "records");
        BpfRing bell = new BpfRing(object, "bell");
        BpfCounter losses = new BpfCounter(object, "losses")) {
      RingLoop.Maps maps = new RingLoop.Maps(ring, bell, losses);
      new RingLoop(maps, thread, sink, clock, records).run(wakeNumber);
    }
  }

  private BpfObject load() throws SensorUnavailableException {
    BpfObject object = null;
    try {
      object = BpfObject.open(readObject());
      object.resize("records", ringBytes);
      object.loadAndAttach();
      return object;
    } catch (NativeException | LinkageError e) {
      if (object != null) {
        object.close();
      }
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] readObject() {
    try (InputStream stream =
        Objects.requireNonNull(EbpfSensor.class.getResourceAsStream(OBJECT), OBJECT)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + OBJECT, e);
    }
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
