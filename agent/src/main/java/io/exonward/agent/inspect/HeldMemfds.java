package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.linux.NativeException;
import io.exonward.common.file.FileIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memfds of others, kept open for a moment after they were made, because who executes one may have
 * ended before we look. At most 64 for two seconds: their memory is held with them. Thread-safe.
 */
final class HeldMemfds implements AutoCloseable {
  private static final int LIMIT = 64;
  private static final Duration LIFE = Duration.ofSeconds(2);

  private final FileStatus device = Kernel.memfdStatus();

  @GuardedBy("this")
  private final Map<Long, Held> byInode = new LinkedHashMap<>();

  private record Held(Descriptor file, long untilNanos) {}

  /** Takes hold of a memfd by the number that a process has it under; whether that is one. */
  boolean hold(int pid, int descriptor) {
    Descriptor file;
    long inode;
    try (Descriptor named = Descriptor.openPathOnly("/proc/" + pid + "/fd/" + descriptor)) {
      FileStatus status = named.status();
      if (!isMemfd(status)) {
        return false;
      }
      file = named.reopenForReading();
      inode = status.inode();
    } catch (NativeException e) {
      return false; // the process is gone, or has closed it
    }
    List<Held> going = new ArrayList<>();
    synchronized (this) {
      Held before = byInode.put(inode, new Held(file, System.nanoTime() + LIFE.toNanos()));
      if (before != null) {
        going.add(before);
      }
      if (byInode.size() > LIMIT) {
        going.add(byInode.remove(byInode.keySet().iterator().next()));
      }
    }
    going.forEach(held -> held.file().close());
    return true;
  }

  private boolean isMemfd(FileStatus status) {
    return status.isRegular()
        && status.deviceMajor() == device.deviceMajor()
        && status.deviceMinor() == device.deviceMinor();
  }

  /** Opens what is held, once more; empty if it is not. */
  synchronized Optional<Descriptor> open(FileIdentity file) {
    Held held = byInode.get(file.inode());
    try {
      return held == null ? Optional.empty() : Optional.of(held.file().reopenForReading());
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  /** Lets go of what was held long enough. */
  void look() {
    letGo(System.nanoTime());
  }

  private void letGo(long nowNanos) {
    List<Held> going = new ArrayList<>();
    synchronized (this) {
      Iterator<Held> all = byInode.values().iterator();
      while (all.hasNext()) {
        Held held = all.next();
        if (nowNanos - held.untilNanos() >= 0) {
          going.add(held);
          all.remove();
        }
      }
    }
    going.forEach(held -> held.file().close());
  }

  synchronized boolean isHolding() {
    return !byInode.isEmpty();
  }

  /** Lets go of all. */
  @Override
  public void close() {
    letGo(System.nanoTime() + LIFE.toNanos());
  }
}
