package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One life of a sensor of a {@link FakeKernel}. Thread-safe. */
final class FakeSensor implements Sensor {
  private final FakeKernel kernel;
  private final String name;
  private volatile SensorState state = SensorState.STANDBY;
  private volatile @Nullable String detail;
  private volatile @Nullable KernelEventSink sink;
  private volatile Runnable onFailure = () -> {};
  private volatile long events;

  FakeSensor(FakeKernel kernel, String name) {
    this.kernel = kernel;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(KernelEventSink newSink) throws SensorUnavailableException {
    if (kernel.isRefused(name)) {
      throw new SensorUnavailableException(name + ": EPERM");
    }
    sink = newSink;
    state = SensorState.RUNNING;
    kernel.started(this);
  }

  @Override
  public void onFailure(Runnable listener) {
    onFailure = listener;
  }

  void fail(String reason) {
    detail = reason;
    state = SensorState.FAILED;
    kernel.ended(this);
    onFailure.run();
  }

  synchronized void emit(KernelEvent event) {
    KernelEventSink current = sink;
    if (current != null) {
      events = events + 1;
      current.accept(event);
    }
  }

  @Override
  public SensorStatus status() {
    return new SensorStatus(name, state, detail, events, 0);
  }

  @Override
  public Optional<Witness> witness() {
    return Optional.ofNullable(kernel.witness());
  }

  @Override
  public void close() {
    sink = null;
    kernel.ended(this);
  }
}
