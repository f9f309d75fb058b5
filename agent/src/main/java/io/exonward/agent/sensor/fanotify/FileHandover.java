package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Instant;

/** Hands files on from the kernel's queue to who wants them. For the sensor's thread. */
final class FileHandover implements Fanotify.Reader {
  private static final String NAME = "fanotify";
  private static final int UNKNOWN = 0;

  private final FileEventSink files;
  private final KernelEventSink sink;
  private final IgnoreMarks ignored;
  private final SensorThread counts;
  private final Clock clock;
  private Instant completeUntil;

  FileHandover(
      FileEventSink files,
      KernelEventSink sink,
      IgnoreMarks ignored,
      SensorThread counts,
      Clock clock) {
    this.files = files;
    this.sink = sink;
    this.ignored = ignored;
    this.counts = counts;
    this.clock = clock;
    completeUntil = clock.instant();
  }

  @Override
  public void accept(long mask, Descriptor file, int pid) {
    counts.countEvents(1);
    FileStatus status;
    try {
      status = file.status();
    } catch (NativeException e) {
      file.close();
      return;
    }
    OpenedFile opened = new OpenedFile(file, status, pid, ignored, sink);
    if ((mask & Fanotify.CLOSE_WRITE) == 0) {
      files.opened(opened);
    } else {
      files.written(opened, ignored.remove(file, status));
    }
  }

  @Override
  public void overflowed() {
    ignored.clear();
    files.overflowed();
    counts.countLosses(1);
    Instant now = clock.instant();
    sink.accept(new KernelEvent.Lost(NAME, LossCause.KERNEL_BUFFER, completeUntil, now, UNKNOWN));
  }

  /** All that the queue held has been handed on. */
  void caughtUp() {
    completeUntil = clock.instant();
  }
}
