package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.fanotify.OpenedFile;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files that the kernel opened to start a program without executing them: scripts, and the dynamic
 * loader. It tells of them as of every other, before it tells what is executed; so a file that is
 * no script waits until its execution had time to be told. What it was is remembered, so that each
 * version of a file is reported about once; where that does not come out, because the execution
 * failed or nobody saw it, the next event of the file asks anew. Bounded: the oldest goes
 * unreported when too many wait. Thread-safe; its lock comes before that of the executions.
 */
final class KernelLoads {
  private static final Duration EXECUTION_COMES_WITHIN = Duration.ofMillis(500);
  private static final Duration LATE_EXECUTION_COMES_WITHIN = Duration.ofSeconds(2);
  private static final int LIMIT = 256;
  private static final int SAME_FILE = 4;

  private final RecentExecutions executions;
  private final ProcfsReader processes;
  private final Clock clock;

  @GuardedBy("this")
  private final Deque<Opened> waiting = new ArrayDeque<>();

  private final RecentVersions settled = new RecentVersions();

  KernelLoads(RecentExecutions executions, ProcfsReader processes, Clock clock) {
    this.executions = executions;
    this.processes = processes;
    this.clock = clock;
  }

  private record Opened(
      OpenedFile event,
      @Nullable ProcessId process,
      FileIdentity file,
      String path,
      boolean isScript,
      Instant at) {}

  /**
   * A file was read that the kernel opened to start a program.
   *
   * @param event need not be open any more
   */
  void add(OpenedFile event, FileIdentity file, String path, boolean isScript) {
    ProcessId process = processes.identify(event.pid()).orElse(null);
    Opened opened = new Opened(event, process, file, path, isScript, clock.instant());
    synchronized (this) {
      if (hasEnough(file::equals)) {
        return;
      }
      if (waiting.size() >= LIMIT) {
        waiting.remove();
      }
      waiting.add(opened);
    }
  }

  /** Reports what has waited long enough and was not executed. */
  void look() {
    Instant now = clock.instant();
    Instant due = now.minus(EXECUTION_COMES_WITHIN);
    Instant hopeless = now.minus(LATE_EXECUTION_COMES_WITHIN);
    List<Opened> ready = new ArrayList<>();
    synchronized (this) {
      waiting.removeIf(opened -> {
        boolean isReady = !opened.at().isAfter(due) && findPlace(opened).isPresent();
        if (isReady) {
          ready.add(opened);
        }
        // An execution that failed is never told of.
        return isReady || !opened.at().isAfter(hopeless);
      });
    }
    ready.forEach(opened -> findPlace(opened).ifPresent(place -> report(opened, place)));
  }

  private Optional<RecentExecutions.Place> findPlace(Opened opened) {
    return executions
        .find(opened.event().pid())
        .filter(found -> opened.process() == null || found.process().equals(opened.process()));
  }

  /** Whether it is known what this version of a file is for: it was reported, or executed. */
  boolean isSettled(FileStatus file) {
    return settled.contains(file.inode(), file.ctimeNanos());
  }

  /** Whether another event of this version of a file could still tell what it is for. */
  boolean isWanted(FileStatus file) {
    return !isSettled(file)
        && !hasEnough(
            other -> other.inode() == file.inode() && other.ctimeNanos() == file.ctimeNanos());
  }

  /**
   * Not the first: one whose execution nobody sees must not stand for those whose execution comes.
   */
  private synchronized boolean hasEnough(Predicate<FileIdentity> isSame) {
    int count = 0;
    for (Opened other : waiting) {
      count += isSame.test(other.file()) ? 1 : 0;
    }
    return count >= SAME_FILE;
  }

  private void report(Opened opened, RecentExecutions.Place place) {
    FileIdentity file = opened.file();
    if (settled.contains(file.inode(), file.ctimeNanos())) {
      return;
    }
    settled.add(file.inode(), file.ctimeNanos());
    if (!opened.isScript() && executions.wasExecuted(file.inode(), file.ctimeNanos())) {
      return;
    }
    opened
        .event()
        .report(
            new KernelEvent.Load(
                opened.isScript() ? CodeLoadKind.SCRIPT : CodeLoadKind.INTERPRETER,
                place.process(),
                file.linkCount() == 0 ? CodeOrigin.DELETED : CodeOrigin.FILE,
                file,
                opened.path(),
                -1,
                place.cgroupId(),
                place.mountNamespace(),
                opened.at()));
  }

  synchronized boolean isWaiting() {
    return !waiting.isEmpty();
  }
}
