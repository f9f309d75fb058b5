package io.exonward.agent.sensor.fanotify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import java.util.HashSet;
import java.util.Set;

/**
 * Files whose executions the kernel need not tell of, because their content is known and can be
 * changed by root alone. The kernel drops a mark when the file is modified or its inode leaves
 * memory; when a writer closes the file, which also ends writing through a mapping, we do. When the
 * limit is reached, all go and those still in use come back. Thread-safe.
 */
final class IgnoreMarks {
  private static final int LIMIT = 8192;
  private static final int WRITABLE_BY_OTHERS = 0022; // man 7 inode, S_IWGRP | S_IWOTH
  private static final int ROOT = 0;

  private final Fanotify group;
  private final long executed;

  @GuardedBy("this")
  private final Set<Inode> marked = new HashSet<>();

  /**
   * @param executed the event that is to be ignored
   */
  IgnoreMarks(Fanotify group, long executed) {
    this.group = group;
    this.executed = executed;
  }

  private record Inode(int deviceMajor, int deviceMinor, long number) {
    static Inode of(FileStatus file) {
      return new Inode(file.deviceMajor(), file.deviceMinor(), file.inode());
    }
  }

  /**
   * Ignores executions of {@code file} from now on, if only root can write it. To be called while
   * nobody has it open for writing, so that the next one who does is seen to close it.
   */
  void add(Descriptor file, FileStatus status) {
    if (!isRootsAlone(status)) {
      return;
    }
    try {
      if (!remember(Inode.of(status))) {
        clear();
        remember(Inode.of(status));
      }
      group.ignore(file, executed);
    } catch (NativeException e) {
      forget(Inode.of(status)); // the kernel has no room, or the group has ended
    }
  }

  /** Whether only root can write it. */
  static boolean isRootsAlone(FileStatus status) {
    return status.isRegular()
        && status.ownerUid() == ROOT
        && (status.mode() & WRITABLE_BY_OTHERS) == 0;
  }

  private synchronized boolean remember(Inode inode) {
    if (marked.size() >= LIMIT && !marked.contains(inode)) {
      return false;
    }
    marked.add(inode);
    return true;
  }

  private synchronized boolean forget(Inode inode) {
    return marked.remove(inode);
  }

  /** A writer closed {@code file}: its executions count again. Whether they were ignored. */
  boolean remove(Descriptor file, FileStatus status) {
    if (!forget(Inode.of(status))) {
      return false;
    }
    try {
      group.unignore(file, executed);
    } catch (NativeException e) {
      // The kernel has dropped it already, or the group has ended.
    }
    return true;
  }

  /** No executions are ignored any more. */
  void clear() {
    group.unmarkFiles();
    synchronized (this) {
      marked.clear();
    }
  }

  /** Files marked, as far as we know. */
  synchronized int count() {
    return marked.size();
  }
}
