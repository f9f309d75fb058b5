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
 * Files that only their process leads to, kept open for a moment because it may have ended before
 * we come to read them: memfds of others from when they were made, and what was executed. At most
 * 64 for two seconds: the memory of a memfd is held with it. Thread-safe.
 */
final class HeldFiles implements AutoCloseable {
  private static final int LIMIT = 64;
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int ANYBODY = 0;

  private final FileStatus memfds = Kernel.memfdStatus();

  @GuardedBy("this")
  private final Map<Key, Held> held = new LinkedHashMap<>();

  /**
   * What is held for whom.
   *
   * @param pid who executes it; {@link #ANYBODY} for a memfd, which goes from hand to hand
   */
  private record Key(int pid, long inode) {}

  private record Held(Descriptor file, long untilNanos) {}

  /** Takes hold of a memfd by the number that a process has it under; whether that is one. */
  boolean holdMemfd(int pid, int descriptor) {
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
    hold(new Key(ANYBODY, inode), file);
    return true;
  }

  private boolean isMemfd(FileStatus status) {
    return status.isRegular()
        && status.deviceMajor() == memfds.deviceMajor()
        && status.deviceMinor() == memfds.deviceMinor();
  }

  /** Takes over what this process executes. */
  void holdExecuted(int pid, FileIdentity executed, Descriptor file) {
    hold(new Key(pid, executed.inode()), file);
  }

  private void hold(Key key, Descriptor file) {
    List<Held> going = new ArrayList<>();
    synchronized (this) {
      Held before = held.put(key, new Held(file, System.nanoTime() + LIFE.toNanos()));
      if (before != null) {
        going.add(before);
      }
      if (held.size() > LIMIT) {
        going.add(held.remove(held.keySet().iterator().next()));
      }
    }
    going.forEach(one -> one.file().close());
  }

  /** Whether this memfd is held, whoever executes it. */
  synchronized boolean holdsMemfd(FileIdentity file) {
    return held.containsKey(new Key(ANYBODY, file.inode()));
  }

  /** Hands over what this process executed; empty if that is not held. */
  synchronized Optional<Descriptor> takeExecuted(int pid, FileIdentity file) {
    return Optional.ofNullable(held.remove(new Key(pid, file.inode()))).map(Held::file);
  }

  /** Opens a memfd that is held, once more; empty if it is not. */
  synchronized Optional<Descriptor> openMemfd(FileIdentity file) {
    Held memfd = held.get(new Key(ANYBODY, file.inode()));
    try {
      return memfd == null ? Optional.empty() : Optional.of(memfd.file().reopenForReading());
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
      Iterator<Held> all = held.values().iterator();
      while (all.hasNext()) {
        Held one = all.next();
        if (nowNanos - one.untilNanos() >= 0) {
          going.add(one);
          all.remove();
        }
      }
    }
    going.forEach(one -> one.file().close());
  }

  synchronized boolean isHolding() {
    return !held.isEmpty();
  }

  /** Lets go of all. */
  @Override
  public void close() {
    letGo(System.nanoTime() + LIFE.toNanos());
  }
}
