package io.exonward.agent.sensor.ebpf;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.agent.sensor.Witness;
import io.exonward.common.event.Coverage.SensorStatus;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every execution, fork and exit, by BPF programs on the scheduler's trace points. */
public final class EbpfSensor implements Sensor {
  static final String NAME = "ebpf";
  private static final int RING_BYTES = 4 << 20;

  private final Setting setting;
  private final SensorThread thread = new SensorThread(NAME);
  private final AtomicLong delivered = new AtomicLong();

  @GuardedBy("this")
  private final Set<Integer> marked = new HashSet<>();

  @GuardedBy("this")
  private @Nullable ExecPrograms programs;

  /**
   * What a sensor is made with.
   *
   * @param ringBytes a power of two, at least a page
   * @param detail what the kernel shall leave out
   */
  public record Setting(UUID bootId, Clock clock, int ringBytes, Supplier<Detail> detail) {
    /** With the ring's usual size of 4 MiB. */
    public static Setting of(UUID bootId, Clock clock, Supplier<Detail> detail) {
      return new Setting(bootId, clock, RING_BYTES, detail);
    }
  }

  /** In full detail. */
  public EbpfSensor(UUID bootId, Clock clock) {
    this(Setting.of(bootId, clock, () -> Detail.FULL));
  }

  /** In full detail, with a ring of a given size. */
  public EbpfSensor(UUID bootId, Clock clock, int ringBytes) {
    this(new Setting(bootId, clock, ringBytes, () -> Detail.FULL));
  }

  /** Makes one that is not started. */
  public EbpfSensor(Setting setting) {
    this.setting = setting;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    ExecPrograms loaded = load();
    thread.start(wakeNumber -> {
      try (loaded) {
        new RingLoop(loaded, thread, delivered, sink, setting).run(wakeNumber);
      }
    });
  }

  private synchronized ExecPrograms load() throws SensorUnavailableException {
    try {
      ExecPrograms loaded = ExecPrograms.load(setting.ringBytes());
      marked.forEach(loaded::mark);
      programs = loaded;
      return loaded;
    } catch (NativeException | LinkageError e) {
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Says that files executed from a superblock are opened for us. Executions from any other are
   * told at once from now on, because their file can be had only while the process lives.
   *
   * @param device as the kernel has it: major << 20 | minor
   */
  public synchronized void mark(int device) {
    ExecPrograms loaded = programs;
    if (marked.add(device) && loaded != null) {
      loaded.mark(device);
    }
  }

  /** Says that they are no longer, as far as is known. */
  public synchronized void forget(int device) {
    ExecPrograms loaded = programs;
    if (marked.remove(device) && loaded != null) {
      loaded.forget(device);
    }
  }

  /** What the kernel counted; empty before the start. Reads a few numbers per processor. */
  public Optional<KernelCounts> counts() {
    return Optional.ofNullable(programs()).map(ExecPrograms::counts);
  }

  /**
   * Everybody who runs, as if found running, without arguments; empty where the sensor does not run
   * or the kernel refuses its iterator. Thread-safe; takes about a millisecond.
   */
  public List<KernelEvent.Exec> running() {
    ExecPrograms loaded = programs();
    return loaded == null
        ? List.of()
        : new RecordReader(setting.bootId(), new BootClock(setting.clock()))
            .readRunning(loaded.running());
  }

  @Override
  public Optional<Witness> witness() {
    return Optional.of(new CountedByKernel());
  }

  private final class CountedByKernel implements Witness {
    @Override
    public OptionalLong forksSeen() {
      return counts().map(counts -> OptionalLong.of(counts.tasks())).orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong executionsSeen() {
      return counts()
          .map(counts -> OptionalLong.of(counts.executions() + counts.missed()))
          .orElse(OptionalLong.empty());
    }

    @Override
    public long executionsDelivered() {
      return delivered.get();
    }

    @Override
    public long executionsLost() {
      return counts().map(KernelCounts::executionsLost).orElse(0L);
    }
  }

  private synchronized @Nullable ExecPrograms programs() {
    return programs;
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
