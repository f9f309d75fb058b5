package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;

/** A file by the descriptor that the kernel opened for us, and its one owner. For one thread. */
public final class OpenedFile implements AutoCloseable {
  private final Descriptor descriptor;
  private final FileStatus status;
  private final int pid;
  private final IgnoreMarks marks;
  private final KernelEventSink loads;

  OpenedFile(
      Descriptor descriptor, FileStatus status, int pid, IgnoreMarks marks, KernelEventSink loads) {
    this.descriptor = descriptor;
    this.status = status;
    this.pid = pid;
    this.marks = marks;
    this.loads = loads;
  }

  /** Valid until this is closed. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** As it was when the event came. */
  public FileStatus status() {
    return status;
  }

  /** Process that caused the event, in the initial pid namespace. */
  public int pid() {
    return pid;
  }

  /** Whether {@link #ignore} does anything. */
  public boolean isIgnorable() {
    return IgnoreMarks.isRootsAlone(status);
  }

  /**
   * Wants no more events of its executions until it is written, if only root can do that. To be
   * called while a read lease on it is held.
   */
  public void ignore() {
    marks.add(descriptor, status);
  }

  /** Says that the file was loaded rather than executed. Thread-safe. */
  public void report(KernelEvent.Load load) {
    loads.accept(load);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
