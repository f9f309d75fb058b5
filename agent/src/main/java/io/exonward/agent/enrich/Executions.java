package io.exonward.agent.enrich;

import io.exonward.agent.enrich.ExecutionEnricher.Pending;
import io.exonward.agent.enrich.Repetitions.Repeated;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.Image;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads each execution to its event: by the short way if it is like one of the last second in all
 * but its command line, and no executed file was written meanwhile; else in full. Not thread-safe:
 * owned by the pipeline's thread.
 */
public final class Executions {
  private final ExecutionEnricher enricher;
  private final EventSink inFull;
  private final Repetitions repetitions;
  private final Versions versions;
  private final Supplier<Detail> detail;
  private final KnownKinds known = new KnownKinds();
  private long shed;

  /**
   * What tells that an execution may no longer be judged as the one before.
   *
   * @param policy version of the policy by which executions are decided
   * @param code rises when code that was inspected may have changed
   */
  public record Versions(LongSupplier policy, LongSupplier code) {}

  /**
   * @param inFull takes executions; ends in {@code repetitions}, on the calling thread
   * @param detail whether the command lines of repeated executions are listed
   */
  public Executions(
      ExecutionEnricher enricher,
      EventSink inFull,
      Repetitions repetitions,
      Versions versions,
      Supplier<Detail> detail) {
    this.enricher = enricher;
    this.inFull = inFull;
    this.repetitions = repetitions;
    this.versions = versions;
    this.detail = detail;
  }

  /** An execution whose code is being looked at. */
  public static final class Begun {
    private final Pending pending;
    private final Instant observedAt;
    private final KnownKinds.Moment since;
    private final @Nullable Image parent;

    private Begun(
        Pending pending, Instant observedAt, KnownKinds.Moment since, @Nullable Image parent) {
      this.pending = pending;
      this.observedAt = observedAt;
      this.since = since;
      this.parent = parent;
    }

    /** What the sensor saw. */
    public Exec exec() {
      return pending.exec();
    }
  }

  /** Takes what may soon be gone; the code is to be looked at, and {@link #complete} called. */
  public Begun begin(Exec exec, Instant now) {
    Image parent = enricher.parentImage(exec);
    known.follow(now, versions.policy.getAsLong(), versions.code.getAsLong());
    return new Begun(enricher.begin(exec), now, known.moment(), parent);
  }

  /** Sends it on. */
  public void complete(Begun begun, Inspection inspection) {
    Exec exec = begun.exec();
    inFull.accept(
        new ObservedEvent(
            exec.occurredAt(), begun.observedAt, enricher.complete(begun.pending, inspection)));
    RepeatedKind newest = repetitions.newest();
    boolean isLasting = exec.origin() == CodeOrigin.FILE && exec.path() != null;
    if (newest != null && isLasting && inspection.hash() instanceof ContentHash.Known) {
      known.remember(begun.since, exec.circumstances(), begun.parent, newest);
    }
  }

  /**
   * Counts an execution that is like another; then nothing else is to be done for it.
   *
   * @return false if it is not, and has to be begun
   */
  public boolean repeat(Exec exec, Instant now) {
    if (exec.isBackfill()) {
      return false;
    }
    known.follow(now, versions.policy.getAsLong(), versions.code.getAsLong());
    RepeatedKind kind = known.find(exec.circumstances(), enricher.parentImage(exec));
    if (kind == null) {
      return false;
    }
    CommandLines command = null;
    if (detail.get() == Detail.FULL) {
      command = CommandLines.of(exec.arguments(), exec.isArgumentsTruncated());
    } else {
      shed++;
    }
    enricher.executedAgain(exec, kind, command);
    repetitions.repeat(kind, new Repeated(exec.process(), exec.occurredAt(), now, command));
    return true;
  }

  /** Command lines left out since the last call. */
  public long takeShed() {
    long count = shed;
    shed = 0;
    return count;
  }
}
