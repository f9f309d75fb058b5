package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Descriptors of executed and of written files, on every local filesystem. */
public final class FanotifySensor implements Sensor {
  private static final String NAME = "fanotify";
  private static final int GROUP = 0;
  private static final int MOUNTS = 2;
  private static final int UNKNOWN = 0;

  private final FileEventSink files;
  private final Clock clock;
  private final SensorThread thread = new SensorThread(NAME);
  private volatile @Nullable FilesystemMarks marks;

  /** Makes one that hands descriptors to {@code files}. */
  public FanotifySensor(FileEventSink files, Clock clock) {
    this.files = files;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    Fanotify group = null;
    try {
      group = new Fanotify();
      FilesystemMarks newMarks = new FilesystemMarks(group, clock);
      newMarks.markOwn();
      if (newMarks.count() == 0) {
        throw new SensorUnavailableException("no filesystem takes a mark: " + newMarks.refused());
      }
      marks = newMarks;
      describe(newMarks);
      Fanotify started = group;
      thread.start(wakeNumber -> run(started, newMarks, sink, wakeNumber));
    } catch (NativeException | SensorUnavailableException e) {
      if (group != null) {
        group.close();
      }
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private void describe(FilesystemMarks current) {
    thread.describe(current.refused().isEmpty() ? null : "not marked: " + current.refused());
  }

  private void run(Fanotify group, FilesystemMarks current, KernelEventSink sink, int wakeNumber) {
    try (group;
        Descriptor mounts = Descriptor.openForReading(FilesystemMarks.MOUNTS.toString())) {
      Poller poller = new Poller(group.number(), wakeNumber, mounts.number()).priorityOnly(MOUNTS);
      Instant completeUntil = clock.instant();
      while (!thread.isStopping()) {
        poller.await(Poller.FOREVER);
        if (poller.isReady(MOUNTS)) {
          current.markOwn();
          describe(current);
        }
        if (poller.isReady(GROUP) && group.read(this::accept) > 0) {
          thread.countLosses(1);
          files.overflowed();
          Instant now = clock.instant();
          sink.accept(
              new KernelEvent.Lost(NAME, LossCause.KERNEL_BUFFER, completeUntil, now, UNKNOWN));
        }
        completeUntil = clock.instant();
      }
    } finally {
      marks = null;
    }
  }

  private void accept(long mask, Descriptor file, int pid) {
    thread.countEvents(1);
    if ((mask & Fanotify.CLOSE_WRITE) == 0) {
      files.opened(file, pid);
    } else {
      files.written(file);
    }
  }

  /**
   * Sees to it that the filesystem an execution came from is marked: one mounted in another mount
   * namespace is not until then. Thread-safe.
   */
  public void follow(KernelEvent.Exec exec) {
    FilesystemMarks current = marks;
    if (current != null) {
      current.follow(exec);
    }
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
