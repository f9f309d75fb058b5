package io.exonward.agent.inspect;

import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.fanotify.FileEventSink;
import io.exonward.agent.sensor.fanotify.OpenedFile;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.HashAbsence;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hashes code that is executed or loaded, each version of a file once.
 *
 * <p>Bytes come by two ways, and the first to deliver wins: the descriptor that the kernel opened
 * for us when the file was about to be executed, and what leads to the file from its process and
 * its path. Code that neither serves in time is answered without a hash. Thread-safe.
 */
public final class HashingInspector implements CodeInspector, FileEventSink, AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final InspectLimits limits;
  private final Predicate<String> isPackaged;
  private final RecentExecutions executions = new RecentExecutions();
  private final Workplace place;
  private final ReadWorkers workers;
  private final Alarm alarm = new Alarm(LOOK_EVERY, this::look, this::isAnythingWaiting);

  /**
   * Starts the threads.
   *
   * @param isPackaged whether a package may have a file at this path, so that its MD5 is wanted
   *     beside its hash; called by several threads
   */
  public HashingInspector(
      InspectLimits limits, ProcfsReader processes, Predicate<String> isPackaged, Clock clock) {
    this.limits = limits;
    this.isPackaged = isPackaged;
    HashCache cache = new HashCache(limits.cacheEntries());
    PendingTable pending = new PendingTable(limits.pending());
    InspectTally tally = new InspectTally();
    place =
        new Workplace(
            cache,
            new RecentDigests(),
            pending,
            tally,
            new Answers(cache, pending, tally),
            new CodeFile(processes),
            new HeldFiles(),
            new KernelLoads(executions, processes, clock));
    workers =
        new ReadWorkers(limits, () -> new ContentReader(clock, limits.fileBytes(), isPackaged));
  }

  @Override
  public void inspect(KernelEvent.Exec exec, Consumer<Inspection> consumer) {
    executions.add(exec);
    FileIdentity file = exec.file();
    if (file == null) {
      refuse(null, exec.path(), HashAbsence.PROCESS_GONE, consumer);
    } else if (!answerAtOnce(file, exec.path(), exec.origin(), consumer)) {
      await(Subject.of(exec, file), consumer);
    }
  }

  @Override
  public void inspect(KernelEvent.Load load, Consumer<Inspection> consumer) {
    if (!answerAtOnce(load.file(), load.path(), load.origin(), consumer)) {
      await(Subject.of(load), consumer);
    }
  }

  @Override
  public void executedAgain(KernelEvent.Exec exec) {
    executions.add(exec);
    place.tally().countHit();
  }

  @Override
  public long version() {
    return place.cache().version();
  }

  private boolean answerAtOnce(
      FileIdentity file, @Nullable String path, CodeOrigin origin, Consumer<Inspection> consumer) {
    FileDigest cached = origin == CodeOrigin.MEMFD ? null : place.cache().find(file);
    if (cached != null && (cached.md5() != null || path == null || !isPackaged.test(path))) {
      place.tally().countHit();
      consumer.accept(Answers.known(file, path, cached));
      return true;
    }
    HashAbsence refusal = refusal(file);
    if (refusal != null) {
      refuse(file, path, refusal, consumer);
    }
    return refusal != null;
  }

  private @Nullable HashAbsence refusal(FileIdentity file) {
    if (!LocalFilesystems.isLocal(file.filesystemMagic())) {
      return HashAbsence.FILESYSTEM_NOT_READ;
    }
    return file.sizeBytes() > limits.fileBytes() ? HashAbsence.TOO_LARGE : null;
  }

  private void refuse(
      @Nullable FileIdentity file,
      @Nullable String path,
      HashAbsence reason,
      Consumer<Inspection> consumer) {
    Inspection answer = Answers.missing(file, path, reason);
    place.tally().countAnswer(answer.hash());
    consumer.accept(answer);
  }

  private void await(Subject subject, Consumer<Inspection> consumer) {
    long deadline = System.nanoTime() + limits.deadline().toNanos();
    PendingInspection waiting = new PendingInspection(subject, consumer, deadline);
    if (!place.pending().add(waiting)) {
      place.answers().refuse(waiting, HashAbsence.OVER_BUDGET);
      return;
    }
    alarm.set();
    // Looked for only now, so that what arrives meanwhile finds us waiting.
    Optional<Content.Read> opened = place.recent().take(subject.process().pid(), subject.file());
    if (opened.isPresent()) {
      place.answers().deliver(waiting, opened.get(), subject.path());
      return;
    }
    // A process may end at any moment; a descriptor of its file lasts.
    boolean isUrgent = !place.pending().isPromised(waiting);
    SearchTask task = new SearchTask(place, waiting);
    if (!workers.submit(task, subject.file().sizeBytes(), isUrgent)) {
      place.tally().countDropped();
      // Bytes may yet come by the other way.
      waiting.giveUpOn(
          workers.isQuarantined(task.device()) ? HashAbsence.READ_FAILED : HashAbsence.OVER_BUDGET);
    }
  }

  /**
   * A process made a memfd: keeps it open for a moment, in case it is executed by somebody who ends
   * at once. To be called as soon as possible, from any thread.
   *
   * @param descriptor number that the process got for it
   */
  public void hold(int pid, int descriptor) {
    if (place.held().holdMemfd(pid, descriptor)) {
      alarm.set();
    }
  }

  /**
   * A process executed something: keeps that open if nobody else will bring its bytes, in case the
   * process ends before {@link #inspect} comes to it. To be called at once, from any thread.
   */
  public void hold(KernelEvent.Exec exec) {
    FileIdentity file = exec.file();
    if (file != null && !exec.isBackfill() && isOnlyWithProcess(exec, file)) {
      place
          .files()
          .openRunning(exec.process(), file)
          .ifPresent(opened -> {
            place.held().holdExecuted(exec.process().pid(), file, opened);
            alarm.set();
          });
    }
  }

  private boolean isOnlyWithProcess(KernelEvent.Exec exec, FileIdentity file) {
    if (exec.origin() == CodeOrigin.MEMFD) {
      return !place.held().holdsMemfd(file);
    }
    return place.cache().find(file) == null
        && refusal(file) == null
        && !place.pending().isPromised(file)
        && !place.recent().contains(exec.process().pid(), file);
  }

  @Override
  public void opened(OpenedFile file) {
    read(file, true);
  }

  @Override
  public void written(OpenedFile file, boolean wasIgnored) {
    place.cache().invalidate(file.status());
    if (wasIgnored) {
      read(file, false); // it may be executed before the kernel tells of it again
    } else {
      file.close();
    }
  }

  private void read(OpenedFile file, boolean isExecution) {
    FileStatus status = file.status();
    boolean isWorthIt =
        status.isRegular()
            && status.sizeBytes() <= limits.fileBytes()
            && (place.cache().find(status) == null
                || file.isIgnorable()
                || (isExecution && place.loads().isWanted(status)));
    if (!isWorthIt) {
      file.close();
      return;
    }
    OpenedTask task = new OpenedTask(place, file, isExecution);
    if (!workers.submit(task, status.sizeBytes(), false)) {
      task.drop(HashAbsence.OVER_BUDGET);
    }
    alarm.set();
  }

  @Override
  public void overflowed() {
    place.cache().clear();
    place.recent().clear();
  }

  private void look() {
    workers.supervise();
    place.loads().look();
    place.held().look();
    long readLimit = limits.readLimit().toNanos();
    for (PendingInspection waiting : place.pending().overdue(System.nanoTime(), readLimit)) {
      HashAbsence reason = waiting.absence();
      place.answers().refuse(waiting, reason != null ? reason : HashAbsence.OVER_BUDGET);
    }
  }

  private boolean isAnythingWaiting() {
    return place.pending().size() > 0
        || workers.isBusy()
        || place.loads().isWaiting()
        || place.held().isHolding();
  }

  /** Counts now. */
  public InspectCounters counters() {
    return place.tally().snapshot(workers, place.cache(), place.pending());
  }

  /** Ends the threads and answers everything that waits. */
  @Override
  public void close() {
    alarm.close();
    workers.close();
    place.held().close();
    for (PendingInspection waiting : place.pending().all()) {
      place.answers().refuse(waiting, HashAbsence.OVER_BUDGET);
    }
  }
}
