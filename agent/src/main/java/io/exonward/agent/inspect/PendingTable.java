package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.common.file.FileIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Code that waits for its bytes; full, it takes no more. Thread-safe. */
final class PendingTable {
  /**
   * What executions bring along, on average: they can have 14 KiB each, and must not fill the heap.
   */
  private static final int TEXT_PER_EXECUTION = 512;

  private final int limit;

  @GuardedBy("this")
  private final Map<Version, List<PendingInspection>> byVersion = new HashMap<>();

  @GuardedBy("this")
  private int count;

  @GuardedBy("this")
  private long text;

  @GuardedBy("this")
  private final Map<Version, Integer> promised = new HashMap<>();

  PendingTable(int limit) {
    this.limit = limit;
  }

  private record Version(long inode, long sizeBytes, long ctimeNanos) {
    static Version of(FileIdentity file) {
      return new Version(file.inode(), file.sizeBytes(), file.ctimeNanos());
    }

    static Version of(FileStatus file) {
      return new Version(file.inode(), file.sizeBytes(), file.ctimeNanos());
    }
  }

  /** Takes one more, if there is room. */
  synchronized boolean add(PendingInspection pending) {
    int length = pending.subject().textLength();
    if (count >= limit || text + length > (long) TEXT_PER_EXECUTION * limit) {
      return false;
    }
    byVersion.computeIfAbsent(Version.of(pending.file()), _ -> new ArrayList<>(1)).add(pending);
    count++;
    text += length;
    return true;
  }

  synchronized void remove(PendingInspection pending) {
    Version version = Version.of(pending.file());
    List<PendingInspection> same = byVersion.get(version);
    if (same != null && same.remove(pending)) {
      count--;
      text -= pending.subject().textLength();
      if (same.isEmpty()) {
        byVersion.remove(version);
      }
    }
  }

  /** All that executed a file which {@code pid} has open. */
  synchronized List<PendingInspection> waitingFor(FileStatus file, int pid) {
    Version version = Version.of(file);
    return byVersion.getOrDefault(version, List.of()).stream()
        .filter(pending -> isSame(pending, file, pid))
        .toList();
  }

  private static boolean isSame(PendingInspection pending, FileStatus file, int pid) {
    boolean isDeviceKnown = !LocalFilesystems.hidesItsDevice(pending.file().filesystemMagic());
    return CodeFile.isOnDevice(pending.file(), file)
        && (isDeviceKnown || pending.subject().process().pid() == pid);
  }

  /** A descriptor of this file will be read: who executed it waits on. */
  synchronized void promise(FileStatus file) {
    promised.merge(Version.of(file), 1, Integer::sum);
  }

  /** The promise is kept or broken. */
  synchronized void endPromise(FileStatus file) {
    promised.computeIfPresent(Version.of(file), (_, count) -> count == 1 ? null : count - 1);
  }

  /**
   * All that have waited long enough: past their deadline with nobody to read for them, or so long
   * that whoever reads is not worth waiting for.
   *
   * @param readLimitNanos what a reader is given beyond the deadline
   */
  synchronized List<PendingInspection> overdue(long nowNanos, long readLimitNanos) {
    List<PendingInspection> overdue = new ArrayList<>();
    for (PendingInspection pending : all()) {
      boolean isHopeless = pending.absence() != null && !isPromised(pending);
      if (nowNanos - pending.deadlineNanos() >= (isHopeless ? 0 : readLimitNanos)) {
        overdue.add(pending);
      }
    }
    return overdue;
  }

  /** Whether a descriptor of its file waits to be read. */
  synchronized boolean isPromised(PendingInspection pending) {
    return isPromised(pending.file());
  }

  synchronized boolean isPromised(FileIdentity file) {
    return promised.containsKey(Version.of(file));
  }

  synchronized List<PendingInspection> all() {
    return byVersion.values().stream().flatMap(List::stream).toList();
  }

  synchronized int size() {
    return count;
  }
}
