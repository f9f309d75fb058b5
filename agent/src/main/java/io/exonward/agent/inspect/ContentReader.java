package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileHasher;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.ReadLease;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.common.hash.HashAbsence;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hashes open files. For one thread.
 *
 * <p>A file's identity (inode, size, change time) stands for its content only if no writer had it
 * open or mapped while it was read, which a read lease ensures, and if its change time is older
 * than the clock's grain: a later change then shows. Memory filesystems do not move the change time
 * for writes through a mapping, so that there it never does.
 */
final class ContentReader implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  // The coarsest clock of file times ticks at 100 Hz. // linux kernel/Kconfig.hz
  private static final Duration CTIME_GRAIN = Duration.ofMillis(100);

  private final Clock clock;
  private final long limitBytes;
  private final Predicate<String> isPackaged;
  private final FileHasher hasher = new FileHasher();

  /**
   * @param isPackaged whether a package may have a file at this path: its MD5 is wanted then
   */
  ContentReader(Clock clock, long limitBytes, Predicate<String> isPackaged) {
    this.clock = clock;
    this.limitBytes = limitBytes;
    this.isPackaged = isPackaged;
  }

  /**
   * Reads all of an open file, again if it changes meanwhile.
   *
   * @param path where it was executed; null if only the descriptor can tell
   */
  Content read(Descriptor file, @Nullable String path) {
    try {
      int magic = file.filesystemMagic();
      if (!LocalFilesystems.isLocal(magic)) {
        return new Content.Unread(HashAbsence.FILESYSTEM_NOT_READ);
      }
      boolean isMd5Wanted = isPackaged.test(path != null ? path : file.target());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        FileStatus before = file.status();
        if (before.sizeBytes() > limitBytes) {
          return new Content.Unread(HashAbsence.TOO_LARGE);
        }
        try (ReadLease lease = ReadLease.request(file)) {
          FileHasher.Digests digests = hasher.hash(file, before.sizeBytes(), isMd5Wanted);
          boolean wasLeased = lease.isHeld();
          if (file.status().equals(before)) {
            boolean isCacheable =
                wasLeased && isSettled(before) && !LocalFilesystems.missesMappedWrites(magic);
            FileDigest digest = new FileDigest(digests.sha256(), digests.md5());
            return new Content.Read(before, digest, isCacheable);
          }
        }
      }
      return new Content.Unread(HashAbsence.CHANGED);
    } catch (NativeException e) {
      return new Content.Unread(HashAbsence.READ_FAILED);
    }
  }

  private boolean isSettled(FileStatus file) {
    long nowNanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    return nowNanos - file.ctimeNanos() > CTIME_GRAIN.toNanos();
  }

  @Override
  public void close() {
    hasher.close();
  }
}
