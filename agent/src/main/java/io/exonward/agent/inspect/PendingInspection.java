package io.exonward.agent.inspect;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.HashAbsence;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An execution whose code is not known yet. Thread-safe. */
final class PendingInspection {
  private final KernelEvent.Exec exec;
  private final FileIdentity file;
  private final Consumer<Inspection> consumer;
  private final long deadlineNanos;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private volatile boolean isBeingRead;
  private volatile HashAbsence absence = HashAbsence.OVER_BUDGET;

  /**
   * Waits until {@code deadlineNanos} of {@link System#nanoTime}.
   *
   * @param file that of {@code exec}
   */
  PendingInspection(
      KernelEvent.Exec exec, FileIdentity file, Consumer<Inspection> consumer, long deadlineNanos) {
    this.exec = exec;
    this.file = file;
    this.consumer = consumer;
    this.deadlineNanos = deadlineNanos;
  }

  KernelEvent.Exec exec() {
    return exec;
  }

  FileIdentity file() {
    return file;
  }

  boolean isDone() {
    return isDone.get();
  }

  /** Bytes are at hand: the reader's own limit of time counts from now on. */
  void setBeingRead(boolean isBeingRead) {
    this.isBeingRead = isBeingRead;
  }

  boolean isBeingRead() {
    return isBeingRead;
  }

  /** What to say when nothing turns up: until somebody looked, that nobody had the time. */
  void expect(HashAbsence reason) {
    absence = reason;
  }

  HashAbsence absence() {
    return absence;
  }

  /** Whether it has waited long enough. */
  boolean isOverdue(long nowNanos) {
    return !isBeingRead && nowNanos - deadlineNanos >= 0;
  }

  /** Hands the result on, unless another was first; returns whether it did. */
  boolean complete(Inspection inspection) {
    if (!isDone.compareAndSet(false, true)) {
      return false;
    }
    consumer.accept(inspection);
    return true;
  }
}
