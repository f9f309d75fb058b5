package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.common.file.FileIdentity;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Digests by the identity of the file. One entry for each inode; the one not used for longest goes
 * when it is full. Thread-safe.
 *
 * <p>An identity stands for content only if nobody could write the file while it was read and its
 * change time lay far enough back for the next change to get another: the caller sees to both. The
 * inode generation is not part of it: a descriptor does not tell it, and a reused inode has another
 * change time.
 */
final class HashCache {
  private final int limit;

  @GuardedBy("this")
  private final LinkedHashMap<Inode, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  HashCache(int limit) {
    this.limit = limit;
  }

  private record Inode(int deviceMajor, int deviceMinor, long number) {}

  private record Entry(long sizeBytes, long ctimeNanos, FileDigest digest) {
    boolean isOf(long size, long ctime) {
      return sizeBytes == size && ctimeNanos == ctime;
    }
  }

  synchronized Optional<FileDigest> find(FileIdentity file) {
    Inode inode = new Inode(file.deviceMajor(), file.deviceMinor(), file.inode());
    return find(inode, file.sizeBytes(), file.ctimeNanos());
  }

  synchronized Optional<FileDigest> find(FileStatus file) {
    return find(inode(file), file.sizeBytes(), file.ctimeNanos());
  }

  @GuardedBy("this")
  private Optional<FileDigest> find(Inode inode, long sizeBytes, long ctimeNanos) {
    Entry entry = entries.get(inode);
    return entry != null && entry.isOf(sizeBytes, ctimeNanos)
        ? Optional.of(entry.digest)
        : Optional.empty();
  }

  /** Keeps a digest under what the kernel's events will name the file by. */
  synchronized void put(FileIdentity file, FileDigest digest) {
    Inode inode = new Inode(file.deviceMajor(), file.deviceMinor(), file.inode());
    put(inode, new Entry(file.sizeBytes(), file.ctimeNanos(), digest));
  }

  synchronized void put(FileStatus file, FileDigest digest) {
    put(inode(file), new Entry(file.sizeBytes(), file.ctimeNanos(), digest));
  }

  @GuardedBy("this")
  private void put(Inode inode, Entry entry) {
    entries.put(inode, entry);
    if (entries.size() > limit) {
      entries.remove(entries.keySet().iterator().next());
    }
  }

  /** The file was written. */
  synchronized void invalidate(FileStatus file) {
    entries.remove(inode(file));
  }

  /** Files may have been written. */
  synchronized void clear() {
    entries.clear();
  }

  synchronized int size() {
    return entries.size();
  }

  private static Inode inode(FileStatus file) {
    return new Inode(file.deviceMajor(), file.deviceMinor(), file.inode());
  }
}
