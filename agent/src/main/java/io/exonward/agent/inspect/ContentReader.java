package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.ReadLease;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * Hashes open files. For one thread.
 *
 * <p>A file's identity (inode, size, change time) stands for its content only if no writer had it
 * open or mapped while it was read, which a read lease ensures, and if its change time is older
 * than the clock's grain: a later change then shows. Memory filesystems do not move the change time
 * for writes through a mapping, so that there it never does.
 */
final class ContentReader {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final int ATTEMPTS = 3;
  // The coarsest clock of file times ticks at 100 Hz. // linux kernel/Kconfig.hz
  private static final Duration CTIME_GRAIN = Duration.ofMillis(100);

  private final Clock clock;
  private final long limitBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final MessageDigest sha256 = Sha256.newDigest();
  private final MessageDigest md5;

  ContentReader(Clock clock, long limitBytes) {
    this.clock = clock;
    this.limitBytes = limitBytes;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** Reads all of an open file, again if it changes meanwhile. */
  Content read(Descriptor file) {
    try {
      int magic = file.filesystemMagic();
      if (!LocalFilesystems.isLocal(magic)) {
        return new Content.Unread(HashAbsence.FILESYSTEM_NOT_READ);
      }
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        FileStatus before = file.status();
        if (before.sizeBytes() > limitBytes) {
          return new Content.Unread(HashAbsence.TOO_LARGE);
        }
        try (ReadLease lease = ReadLease.request(file)) {
          FileDigest digest = digest(file, before.sizeBytes());
          boolean wasLeased = lease.isHeld();
          if (file.status().equals(before)) {
            boolean isCacheable =
                wasLeased && isSettled(before) && !LocalFilesystems.missesMappedWrites(magic);
            return new Content.Read(before, digest, isCacheable);
          }
        }
      }
      return new Content.Unread(HashAbsence.CHANGED);
    } catch (NativeException e) {
      return new Content.Unread(HashAbsence.READ_FAILED);
    }
  }

  private FileDigest digest(Descriptor file, long sizeBytes) {
    sha256.reset();
    md5.reset();
    long offset = 0;
    int count;
    // One byte beyond the end is asked for, so that growth shows in the status.
    while (offset <= sizeBytes && (count = file.readAt(buffer, offset)) > 0) {
      sha256.update(buffer, 0, count);
      md5.update(buffer, 0, count);
      offset += count;
    }
    return new FileDigest(Sha256.of(sha256.digest()), HexFormat.of().formatHex(md5.digest()));
  }

  private boolean isSettled(FileStatus file) {
    long nowNanos = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    return nowNanos - file.ctimeNanos() > CTIME_GRAIN.toNanos();
  }
}
