package io.exonward.agent.inspect;

import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.HashAbsence;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Code that is not known yet. Thread-safe. */
final class PendingInspection {
  private final Subject subject;
  private final Consumer<Inspection> consumer;
  private final long deadlineNanos;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private volatile @Nullable HashAbsence absence;

  /** Waits until {@code deadlineNanos} of {@link System#nanoTime}. */
  PendingInspection(Subject subject, Consumer<Inspection> consumer, long deadlineNanos) {
    this.subject = subject;
    this.consumer = consumer;
    this.deadlineNanos = deadlineNanos;
  }

  Subject subject() {
    return subject;
  }

  FileIdentity file() {
    return subject.file();
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
