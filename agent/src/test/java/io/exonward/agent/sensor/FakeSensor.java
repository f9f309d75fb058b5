package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import org.jspecify.annotations.Nullable;

/** A sensor that a test lets start, refuse and break. Thread-safe. */
final class FakeSensor implements Sensor {
  private final String name;
  private final boolean isRefused;
  private volatile SensorState state = SensorState.STANDBY;
  private volatile @Nullable KernelEventSink sink;

  FakeSensor(String name, boolean isRefused) {
    this.name = name;
    this.isRefused = isRefused;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(KernelEventSink newSink) throws SensorUnavailableException {
    if (isRefused) {
      state = SensorState.UNAVAILABLE;
      throw new SensorUnavailableException(name + ": EPERM");
    }
    sink = newSink;
    state = SensorState.RUNNING;
  }

  void fail() {
    state = SensorState.FAILED;
  }

  void emit(KernelEvent event) {
    KernelEventSink current = sink;
    if (current != null) {
      current.accept(event);
    }
  }

  @Override
  public SensorStatus status() {
    return new SensorStatus(name, state, null, 0, 0);
  }

  @Override
  public void close() {
    sink = null;
  }
}
