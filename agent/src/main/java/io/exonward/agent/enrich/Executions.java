package io.exonward.agent.enrich;

import io.exonward.agent.enrich.ExecutionEnricher.Pending;
import io.exonward.agent.enrich.Repetitions.Repeated;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.ObservedEvent;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads each execution to its event: by the short way if it is like one of the last second in all
 * but its command line, and its code still has the same hash; else in full. Not thread-safe: owned
 * by the pipeline's thread.
 */
public final class Executions {
  private final ExecutionEnricher enricher;
  private final EventSink inFull;
  private final Repetitions repetitions;
  private final LongSupplier policyVersion;
  private final Supplier<Detail> detail;
  private final KnownKinds known = new KnownKinds();
  private long shed;

  /**
   * @param inFull takes executions; ends in {@code repetitions}, on the calling thread
   * @param policyVersion of the policy by which {@code inFull} decides
   * @param detail whether the command lines of repeated executions are listed
   */
  public Executions(
      ExecutionEnricher enricher,
      EventSink inFull,
      Repetitions repetitions,
      LongSupplier policyVersion,
      Supplier<Detail> detail) {
    this.enricher = enricher;
    this.inFull = inFull;
    this.repetitions = repetitions;
    this.policyVersion = policyVersion;
    this.detail = detail;
  }

  /** An execution whose code is being looked at. */
  public static final class Begun {
    private final Pending pending;
    private final Instant observedAt;
    private final KnownKinds.@Nullable Likeness likeness;
    private final @Nullable RepeatedKind kind;

    private Begun(
        Pending pending,
        Instant observedAt,
        KnownKinds.@Nullable Likeness likeness,
        @Nullable RepeatedKind kind) {
      this.pending = pending;
      this.observedAt = observedAt;
      this.likeness = likeness;
      this.kind = kind;
    }

    /** What the sensor saw. */
    public Exec exec() {
      return pending.exec();
    }
  }

  /** Takes what may soon be gone. */
  public Begun begin(Exec exec, Instant now) {
    KnownKinds.Likeness likeness = KnownKinds.likeness(exec, enricher.parentImage(exec));
    RepeatedKind kind = known.find(likeness, now, policyVersion.getAsLong());
    Pending pending =
        kind == null
            ? enricher.begin(exec)
            : enricher.beginLike(exec, kind.execution(), detail.get() == Detail.FULL);
    return new Begun(pending, now, likeness, kind);
  }

  /** Sends it on, or counts it. */
  public void complete(Begun begun, Inspection inspection) {
    RepeatedKind kind = begun.kind;
    if (kind != null && !kind.isForgotten() && isSameCode(kind, inspection)) {
      repeat(begun, kind);
      return;
    }
    Exec exec = begun.exec();
    inFull.accept(
        new ObservedEvent(
            exec.occurredAt(), begun.observedAt, enricher.complete(begun.pending, inspection)));
    RepeatedKind newest = repetitions.newest();
    if (newest != null && begun.likeness != null) {
      known.remember(begun.likeness, newest);
    }
  }

  private static boolean isSameCode(RepeatedKind kind, Inspection inspection) {
    String path = inspection.path();
    return inspection.hash().equals(kind.execution().code().hash())
        && (path == null || path.equals(kind.execution().executable()));
  }

  private void repeat(Begun begun, RepeatedKind kind) {
    Exec exec = begun.exec();
    kind.execution()
        .code()
        .hash()
        .findSha256()
        .ifPresent(sha256 -> enricher.hashed(begun.pending, sha256));
    CommandLines command = begun.pending.command();
    shed += command == null ? 1 : 0;
    repetitions.repeat(
        kind,
        new Repeated(exec.process(), exec.parent(), exec.occurredAt(), begun.observedAt, command),
        () -> enricher.ancestry(exec));
  }

  /** Command lines left out since the last call. */
  public long takeShed() {
    long count = shed;
    shed = 0;
    return count;
  }
}
