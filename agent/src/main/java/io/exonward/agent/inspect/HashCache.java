package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.common.file.FileIdentity;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Digests by the identity of the file. Bounded: of inodes with one number the newest few are kept,
 * and of numbers the one not used for longest goes. Thread-safe.
 *
 * <p>An identity stands for content only if nobody could write the file while it was read and its
 * change time lay far enough back for the next change to get another: the caller sees to both. The
 * inode generation is not part of it: a descriptor does not tell it, and a reused inode has another
 * change time.
 *
 * <p>A file that was written is forgotten by the number of its inode alone: a layer's file and the
 * overlay's share the number but not the device, and an overlay is late to see what is written
 * below it.
 */
final class HashCache {
  private static final int SAME_NUMBER_LIMIT = 4;

  private final int limit;

  /** Written under the lock, read by anyone. */
  private volatile long version;

  @GuardedBy("this")
  private final LinkedHashMap<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param limit inode numbers kept
   */
  HashCache(int limit) {
    this.limit = limit;
  }

  /** Of one inode; {@code next} is another with the same number. */
  private record Entry(
      int deviceMajor,
      int deviceMinor,
      long sizeBytes,
      long ctimeNanos,
      FileDigest digest,
      @Nullable Entry next) {
    boolean isOn(int major, int minor) {
      return deviceMajor == major && deviceMinor == minor;
    }

    Entry before(@Nullable Entry other) {
      return new Entry(deviceMajor, deviceMinor, sizeBytes, ctimeNanos, digest, other);
    }

    /** The chain from here on without what lies on this device, at most {@code most} long. */
    @Nullable Entry without(int major, int minor, int most) {
      if (most == 0) {
        return null;
      }
      boolean isGone = isOn(major, minor);
      Entry rest = next == null ? null : next.without(major, minor, isGone ? most : most - 1);
      return isGone ? rest : before(rest);
    }
  }

  @Nullable FileDigest find(FileIdentity file) {
    return find(
        file.inode(), file.deviceMajor(), file.deviceMinor(), file.sizeBytes(), file.ctimeNanos());
  }

  @Nullable FileDigest find(FileStatus file) {
    return find(
        file.inode(), file.deviceMajor(), file.deviceMinor(), file.sizeBytes(), file.ctimeNanos());
  }

  private synchronized @Nullable FileDigest find(
      long inode, int major, int minor, long sizeBytes, long ctimeNanos) {
    Entry entry = entries.get(inode);
    while (entry != null) {
      if (entry.isOn(major, minor)) {
        boolean isVersion = entry.sizeBytes == sizeBytes && entry.ctimeNanos == ctimeNanos;
        return isVersion ? entry.digest : null;
      }
      entry = entry.next;
    }
    return null;
  }

  /** Keeps a digest under what the kernel's events will name the file by. */
  void put(FileIdentity file, FileDigest digest) {
    put(
        file.inode(),
        new Entry(
            file.deviceMajor(),
            file.deviceMinor(),
            file.sizeBytes(),
            file.ctimeNanos(),
            digest,
            null));
  }

  void put(FileStatus file, FileDigest digest) {
    put(
        file.inode(),
        new Entry(
            file.deviceMajor(),
            file.deviceMinor(),
            file.sizeBytes(),
            file.ctimeNanos(),
            digest,
            null));
  }

  private synchronized void put(long inode, Entry entry) {
    Entry same = entries.get(inode);
    Entry others =
        same == null
            ? null
            : same.without(entry.deviceMajor, entry.deviceMinor, SAME_NUMBER_LIMIT - 1);
    entries.put(inode, entry.before(others));
    if (entries.size() > limit) {
      entries.remove(entries.keySet().iterator().next());
      version++; // nobody will be told here when that one is written
    }
  }

  /** The file was written. */
  synchronized void invalidate(FileStatus file) {
    if (entries.remove(file.inode()) != null) {
      version++;
    }
  }

  /** Files may have been written. */
  synchronized void clear() {
    entries.clear();
    version++;
  }

  /** Rises whenever digests were forgotten, most of all because their files were written. */
  long version() {
    return version;
  }

  synchronized int size() {
    return entries.size();
  }
}
