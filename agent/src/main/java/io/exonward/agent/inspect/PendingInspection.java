package io.exonward.agent.inspect;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.HashAbsence;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An execution whose code is not known yet. Thread-safe. */
final class PendingInspection {
  private final KernelEvent.Exec exec;
  private final FileIdentity file;
  private final Consumer<Inspection> consumer;
  private final long deadlineNanos;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private volatile @Nullable HashAbsence absence;

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

  /** Nobody has to look any more: why there is no hash unless somebody else delivers it. */
  void giveUpOn(HashAbsence reason) {
    absence = reason;
  }

  /** Why nobody has to look any more; null while somebody does. */
  @Nullable HashAbsence absence() {
    return absence;
  }

  long deadlineNanos() {
    return deadlineNanos;
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
