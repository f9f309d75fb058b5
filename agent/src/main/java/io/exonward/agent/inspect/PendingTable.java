package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.common.file.FileIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Executions that wait for their bytes; full, it takes no more. Thread-safe. */
final class PendingTable {
  private final int limit;

  @GuardedBy("this")
  private final Map<Version, List<PendingInspection>> byVersion = new HashMap<>();

  @GuardedBy("this")
  private int count;

  PendingTable(int limit) {
    this.limit = limit;
  }

  private record Version(long inode, long sizeBytes, long ctimeNanos) {
    static Version of(FileIdentity file) {
      return new Version(file.inode(), file.sizeBytes(), file.ctimeNanos());
    }
  }

  /** Takes one more, if there is room. */
  synchronized boolean add(PendingInspection pending) {
    if (count >= limit) {
      return false;
    }
    byVersion.computeIfAbsent(Version.of(pending.file()), _ -> new ArrayList<>(1)).add(pending);
    count++;
    return true;
  }

  synchronized void remove(PendingInspection pending) {
    Version version = Version.of(pending.file());
    List<PendingInspection> same = byVersion.get(version);
    if (same != null && same.remove(pending)) {
      count--;
      if (same.isEmpty()) {
        byVersion.remove(version);
      }
    }
  }

  /** All that executed a file which {@code pid} has open. */
  synchronized List<PendingInspection> waitingFor(FileStatus file, int pid) {
    Version version = new Version(file.inode(), file.sizeBytes(), file.ctimeNanos());
    return byVersion.getOrDefault(version, List.of()).stream()
        .filter(pending -> isSame(pending, file, pid))
        .toList();
  }

  private static boolean isSame(PendingInspection pending, FileStatus file, int pid) {
    boolean isDeviceKnown = !LocalFilesystems.hidesItsDevice(pending.file().filesystemMagic());
    return ExecutedFile.isOnDevice(pending.file(), file)
        && (isDeviceKnown || pending.exec().process().pid() == pid);
  }

  synchronized List<PendingInspection> all() {
    return byVersion.values().stream().flatMap(List::stream).toList();
  }

  synchronized int size() {
    return count;
  }
}
