package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.Sensor;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.agent.sensor.SensorUnavailableException;
import io.exonward.common.event.Coverage.SensorStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Descriptors of executed and of written files, on every local filesystem. One that was stopped or
 * failed is not started again: make a new one.
 */
public final class FanotifySensor implements Sensor {
  private static final String NAME = "fanotify";

  private final FileEventSink files;
  private final Clock clock;
  private final Settings settings;
  private final SensorThread thread = new SensorThread(NAME);
  private final List<MarkListener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable FilesystemMarks marks;

  /**
   * How it works.
   *
   * @param answerWithin how long an execution may wait for its answer, when the mode is to be asked
   */
  public record Settings(FanotifyMode mode, Duration answerWithin) {
    public Settings {
      if (answerWithin.toMillis() < 1) {
        throw new IllegalArgumentException("answers take at least 1ms, not " + answerWithin);
      }
    }

    /** Nobody waits. */
    public static Settings notifying() {
      return new Settings(FanotifyMode.NOTIFY, Duration.ofMillis(50));
    }
  }

  /** Makes one that hands descriptors to {@code files}, and that nobody waits for. */
  public FanotifySensor(FileEventSink files, Clock clock) {
    this(files, clock, Settings.notifying());
  }

  /** Makes one that hands descriptors to {@code files}. */
  public FanotifySensor(FileEventSink files, Clock clock, Settings settings) {
    this.files = files;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Tells {@code listener} of every superblock that is marked from now on: before the start. */
  public void onMark(MarkListener listener) {
    listeners.add(listener);
  }

  @Override
  public void start(KernelEventSink sink) throws SensorUnavailableException {
    Fanotify group = null;
    try {
      group = new Fanotify(settings.mode().kind());
      if (settings.mode() == FanotifyMode.PERMISSION) {
        WarmUp.run(group);
      }
      MarkedDevices devices = new MarkedDevices(clock, listeners);
      long events = settings.mode().executed() | Fanotify.CLOSE_WRITE;
      FilesystemMarks filesystems = new FilesystemMarks(group, events, devices);
      IgnoreMarks ignored = new IgnoreMarks(group, settings.mode().executed());
      FileHandover handover = new FileHandover(files, sink, ignored, thread, clock);
      Fanotify opened = group;
      files.overflowed(); // before us nobody saw what was written
      thread.start(wakeNumber -> run(opened, handover, filesystems, devices, wakeNumber));
      filesystems.markOwn(); // only now: who is asked must be listening
      if (devices.ownCount() == 0) {
        throw new SensorUnavailableException(
            "no filesystem takes a mark: " + filesystems.refused());
      }
      filesystems.describe(thread);
      marks = filesystems;
    } catch (NativeException | SensorUnavailableException e) {
      thread.stop();
      if (group != null) {
        group.close();
      }
      thread.refuse(String.valueOf(e.getMessage()));
      throw new SensorUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whatever ends this closes the group, which lets go of all who wait for an answer. */
  private void run(
      Fanotify group,
      FileHandover handover,
      FilesystemMarks filesystems,
      MarkedDevices devices,
      int wakeNumber) {
    boolean isAsked = settings.mode() == FanotifyMode.PERMISSION;
    try (group;
        AnswerWatchdog watchdog =
            isAsked ? new AnswerWatchdog(group, thread, settings.answerWithin()) : null) {
      new FanotifyLoop(group, handover, filesystems, thread, watchdog).run(wakeNumber);
    } finally {
      marks = null;
      devices.clear();
    }
  }

  /**
   * Sees to it that the filesystem an execution came from is marked: one mounted in another mount
   * namespace is not until then. Thread-safe.
   */
  @Override
  public void follow(KernelEvent.Exec exec) {
    FilesystemMarks current = marks;
    if (current != null) {
      current.follow(exec);
    }
  }

  /**
   * A process mounted something, or entered another mount namespace: marks what is mounted there,
   * so that the first execution from it has its bytes; false if the process is gone. Reads /proc,
   * but no disk. Thread-safe.
   */
  public boolean followMounts(int pid) {
    FilesystemMarks current = marks;
    return current == null || current.followMounts(pid);
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
