package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.fanotify.FileEventSink;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hashes executed code, each version of a file once.
 *
 * <p>Bytes come by two ways, and the first to deliver wins: the descriptor that the kernel opened
 * for us when the file was about to be executed, and the process's own link to it, for as long as
 * it lives. An execution that neither serves in time is answered without a hash. Thread-safe.
 */
public final class HashingInspector implements CodeInspector, FileEventSink, AutoCloseable {
  private static final long TICK_MILLIS = 50;

  private final InspectLimits limits;
  private final ProcfsReader processes;
  private final HashCache cache;
  private final RecentDigests recent = new RecentDigests();
  private final PendingTable pending;
  private final InspectTally tally = new InspectTally();
  private final Answers answers;
  private final ReadWorkers workers;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("inspect-timer").daemon().factory());

  /** Starts the threads. */
  public HashingInspector(InspectLimits limits, ProcfsReader processes, Clock clock) {
    this.limits = limits;
    this.processes = processes;
    cache = new HashCache(limits.cacheEntries());
    pending = new PendingTable(limits.pending());
    answers = new Answers(cache, pending, tally);
    workers = new ReadWorkers(limits, () -> new ContentReader(clock, limits.fileBytes()));
    var _ =
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void inspect(KernelEvent.Exec exec, Consumer<Inspection> consumer) {
    FileIdentity file = exec.file();
    HashAbsence refusal = refusal(file);
    if (file == null || refusal != null) {
      Inspection answer =
          Answers.missing(exec, refusal != null ? refusal : HashAbsence.PROCESS_GONE);
      tally.countAnswer(answer.hash());
      consumer.accept(answer);
      return;
    }
    Optional<FileDigest> cached = findCached(exec, file);
    if (cached.isPresent()) {
      tally.countHit();
      consumer.accept(Answers.known(exec, exec.path(), cached.get()));
      return;
    }
    long deadline = System.nanoTime() + limits.deadline().toNanos();
    await(new PendingInspection(exec, file, consumer, deadline));
  }

  @Override
  public void inspect(KernelEvent.Load load, Consumer<Inspection> consumer) {
    Optional<FileDigest> cached =
        load.origin() == CodeOrigin.MEMFD ? Optional.empty() : cache.find(load.file());
    ContentHash hash =
        cached.isPresent()
            ? new ContentHash.Known(cached.get().sha256())
            : new ContentHash.Missing(HashAbsence.READ_FAILED);
    String md5 = cached.map(FileDigest::md5).orElse(null);
    consumer.accept(new Inspection(hash, md5, load.path(), load.file()));
  }

  private @Nullable HashAbsence refusal(@Nullable FileIdentity file) {
    if (file == null) {
      return HashAbsence.PROCESS_GONE;
    }
    if (!LocalFilesystems.isLocal(file.filesystemMagic())) {
      return HashAbsence.FILESYSTEM_NOT_READ;
    }
    return file.sizeBytes() > limits.fileBytes() ? HashAbsence.TOO_LARGE : null;
  }

  private Optional<FileDigest> findCached(KernelEvent.Exec exec, FileIdentity file) {
    return exec.origin() == CodeOrigin.MEMFD ? Optional.empty() : cache.find(file);
  }

  private void await(PendingInspection waiting) {
    KernelEvent.Exec exec = waiting.exec();
    if (!pending.add(waiting)) {
      answers.refuse(waiting, HashAbsence.OVER_BUDGET);
      return;
    }
    // Looked for only now, so that what arrives meanwhile finds us waiting.
    Optional<Content.Read> opened = recent.take(exec.process().pid(), waiting.file());
    if (opened.isPresent()) {
      answers.deliver(waiting, exec.path(), opened.get());
      return;
    }
    // A process may end at any moment; a descriptor of its file lasts.
    boolean isUrgent = !pending.isPromised(waiting);
    if (!workers.submit(new ProcessTask(waiting), waiting.file().sizeBytes(), isUrgent)) {
      tally.countDropped();
      waiting.giveUpOn(HashAbsence.OVER_BUDGET); // bytes may yet come by the other way
    }
  }

  private void tick() {
    long now = System.nanoTime();
    workers.supervise();
    for (PendingInspection waiting : pending.overdue(now, limits.readLimit().toNanos())) {
      HashAbsence reason = waiting.absence();
      answers.refuse(waiting, reason != null ? reason : HashAbsence.OVER_BUDGET);
    }
  }

  /** Reads the file of a living process. */
  private final class ProcessTask implements ReadTask {
    private final PendingInspection waiting;

    ProcessTask(PendingInspection waiting) {
      this.waiting = waiting;
    }

    @Override
    public void run(ContentReader reader) {
      if (waiting.isDone()) {
        return;
      }
      Optional<Descriptor> opened = ExecutedFile.open(waiting.exec(), waiting.file(), processes);
      if (opened.isEmpty()) {
        waiting.giveUpOn(HashAbsence.PROCESS_GONE);
        return;
      }
      try (Descriptor file = opened.get()) {
        read(file, reader);
      }
    }

    private void read(Descriptor file, ContentReader reader) {
      String path = waiting.exec().path() != null ? waiting.exec().path() : file.target();
      switch (reader.read(file)) {
        case Content.Read content -> {
          tally.countFile(content.file().sizeBytes());
          answers.deliver(waiting, path, content);
        }
        case Content.Unread unread -> answers.refuse(waiting, unread.reason());
      }
    }

    @Override
    public void giveUp() {
      answers.refuse(waiting, HashAbsence.READ_FAILED);
    }

    @Override
    public void drop() {
      answers.refuse(waiting, HashAbsence.OVER_BUDGET);
    }
  }

  @Override
  public void opened(Descriptor file, int pid) {
    FileStatus status;
    try {
      status = file.status();
    } catch (NativeException e) {
      file.close();
      return;
    }
    boolean isNews =
        status.isRegular()
            && status.sizeBytes() <= limits.fileBytes()
            && cache.find(status).isEmpty();
    if (!isNews) {
      file.close();
      return;
    }
    OpenedTask task = new OpenedTask(file, status, pid);
    pending.promise(status);
    if (!workers.submit(task, status.sizeBytes(), false)) {
      task.drop();
    }
  }

  /** Reads a file by the descriptor that came with the news of it. */
  private final class OpenedTask implements ReadTask {
    private final Descriptor file;
    private final FileStatus status;
    private final int pid;

    OpenedTask(Descriptor file, FileStatus status, int pid) {
      this.file = file;
      this.status = status;
      this.pid = pid;
    }

    @Override
    public void run(ContentReader reader) {
      try (file) {
        Optional<FileDigest> cached = cache.find(status); // another execution of it was first
        if (cached.isPresent()) {
          deliver(new Content.Read(status, cached.get(), true));
        } else if (reader.read(file) instanceof Content.Read content) {
          tally.countFile(content.file().sizeBytes());
          if (content.isCacheable()) {
            cache.put(content.file(), content.digest());
          }
          deliver(content);
        }
      } finally {
        pending.endPromise(status);
      }
    }

    private void deliver(Content.Read content) {
      recent.put(pid, content);
      for (PendingInspection waiting : pending.waitingFor(content.file(), pid)) {
        answers.deliver(waiting, waiting.exec().path(), content);
      }
    }

    @Override
    public void giveUp() {
      // Nobody waits for this one alone.
    }

    @Override
    public void drop() {
      tally.countDropped();
      pending.endPromise(status);
      file.close();
    }
  }

  @Override
  public void written(Descriptor file) {
    try (file) {
      cache.invalidate(file.status());
    }
  }

  @Override
  public void overflowed() {
    cache.clear();
    recent.clear();
  }

  /** Counts now. */
  public InspectCounters counters() {
    return tally.snapshot(workers, cache, pending);
  }

  /** Ends the threads and answers everything that waits. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.close();
    for (PendingInspection waiting : pending.all()) {
      answers.refuse(waiting, HashAbsence.OVER_BUDGET);
    }
  }
}
