package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Versions of files, each by inode and change time. Of fixed size: the newer overwrites the older,
 * and nothing is allocated. Thread-safe.
 */
final class RecentVersions {
  private static final int SLOTS = 2048; // a power of two

  @GuardedBy("this")
  private final long[] inodes = new long[SLOTS];

  @GuardedBy("this")
  private final long[] ctimes = new long[SLOTS];

  synchronized void add(long inode, long ctimeNanos) {
    inodes[slot(inode)] = inode;
    ctimes[slot(inode)] = ctimeNanos;
  }

  synchronized boolean contains(long inode, long ctimeNanos) {
    return inodes[slot(inode)] == inode && ctimes[slot(inode)] == ctimeNanos;
  }

  private static int slot(long inode) {
    return (int) inode & (SLOTS - 1);
  }
}
