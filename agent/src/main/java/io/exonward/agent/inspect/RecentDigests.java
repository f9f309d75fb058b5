package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.FileStatus;
import io.exonward.common.file.FileIdentity;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What was read of files that processes were about to execute, until the execution itself is
 * reported. The oldest goes when it is full. Thread-safe.
 *
 * <p>The key has no device, because some filesystems tell another one to a descriptor than to the
 * kernel's events; the pid makes up for it.
 */
final class RecentDigests {
  private static final int LIMIT = 2048;

  @GuardedBy("this")
  private final LinkedHashMap<Opening, Content.Read> contents = new LinkedHashMap<>();

  private record Opening(int pid, long inode, long sizeBytes, long ctimeNanos) {}

  synchronized void put(int pid, Content.Read content) {
    FileStatus file = content.file();
    contents.put(new Opening(pid, file.inode(), file.sizeBytes(), file.ctimeNanos()), content);
    if (contents.size() > LIMIT) {
      contents.remove(contents.keySet().iterator().next());
    }
  }

  /** What was read for this execution; each is given once. */
  synchronized Optional<Content.Read> take(int pid, FileIdentity file) {
    Content.Read content = contents.remove(opening(pid, file));
    return content != null && CodeFile.isOnDevice(file, content.file())
        ? Optional.of(content)
        : Optional.empty();
  }

  /** Whether there is something to take, most probably. */
  synchronized boolean contains(int pid, FileIdentity file) {
    return contents.containsKey(opening(pid, file));
  }

  private static Opening opening(int pid, FileIdentity file) {
    return new Opening(pid, file.inode(), file.sizeBytes(), file.ctimeNanos());
  }

  /** Files may have been written. */
  synchronized void clear() {
    contents.clear();
  }
}
