package io.exonward.agent.sensor.fanotify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.MountTable;
import io.exonward.agent.sensor.MountTable.Mount;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Marks the superblocks of local filesystems: those mounted in our mount namespace, and those that
 * executions in other namespaces come from. Thread-safe.
 */
final class FilesystemMarks {
  static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private static final long EVENTS = Fanotify.OPEN_EXEC | Fanotify.CLOSE_WRITE;
  private static final int FOREIGN_LIMIT = 1024;
  // Device and namespace numbers are soon given to others, and to mark again costs little.
  private static final Duration FOREIGN_LIFE = Duration.ofSeconds(1);

  private final Fanotify group;
  private final Clock clock;

  @GuardedBy("this")
  private Set<Device> own = Set.of();

  @GuardedBy("this")
  private Set<String> refused = Set.of();

  @GuardedBy("this")
  private final Map<ForeignDevice, Instant> foreign = new LinkedHashMap<>();

  FilesystemMarks(Fanotify group, Clock clock) {
    this.group = group;
    this.clock = clock;
  }

  private record Device(int major, int minor) {}

  private record ForeignDevice(Device device, int mountNamespace) {}

  /** Marks every local filesystem that is mounted in our namespace. */
  void markOwn() {
    Set<Device> marked = new HashSet<>();
    Set<String> failed = new HashSet<>();
    for (Mount mount : readMounts().mounts()) {
      Device device = new Device(mount.deviceMajor(), mount.deviceMinor());
      if (LocalFilesystems.magic(mount.type()) != 0 && !marked.contains(device)) {
        try {
          if (markMount(mount)) {
            marked.add(device);
          }
        } catch (NativeException e) {
          failed.add(String.valueOf(e.getMessage()));
        }
      }
    }
    synchronized (this) {
      own = Set.copyOf(marked);
      refused = Set.copyOf(failed);
    }
  }

  private static MountTable readMounts() {
    try {
      return MountTable.parse(Files.readAllBytes(MOUNTS));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + MOUNTS, e);
    }
  }

  /** Whether the mount is the one to be seen at its mount point, and now is marked. */
  private boolean markMount(Mount mount) {
    try (Descriptor root = Descriptor.openPathOnly(mount.point())) {
      int id = root.status().mountId();
      if (id != 0 && id != mount.id()) {
        return false; // something else is mounted over it, perhaps what could hang us
      }
      group.markFilesystem(root.path(), EVENTS);
      return true;
    }
  }

  /** Marks where an execution came from, if that is local and news; returns whether it now is. */
  boolean follow(KernelEvent.Exec exec) {
    FileIdentity file = exec.file();
    if (file == null
        || exec.origin() == CodeOrigin.MEMFD
        || !LocalFilesystems.isLocal(file.filesystemMagic())) {
      return false;
    }
    Device device = new Device(file.deviceMajor(), file.deviceMinor());
    ForeignDevice key = new ForeignDevice(device, exec.mountNamespace());
    if (isMarked(key)) {
      return true;
    }
    try {
      group.markFilesystem("/proc/" + exec.process().pid() + "/exe", EVENTS);
      remember(key);
      return true;
    } catch (NativeException e) {
      return false; // the process is gone
    }
  }

  private synchronized boolean isMarked(ForeignDevice key) {
    Instant marked = foreign.get(key);
    return own.contains(key.device)
        || (marked != null && marked.plus(FOREIGN_LIFE).isAfter(clock.instant()));
  }

  private synchronized void remember(ForeignDevice key) {
    foreign.remove(key); // so that it becomes the newest
    if (foreign.size() >= FOREIGN_LIMIT) {
      foreign.remove(foreign.keySet().iterator().next());
    }
    foreign.put(key, clock.instant());
  }

  /** Number of filesystems marked in our namespace. */
  synchronized int count() {
    return own.size();
  }

  /** What the kernel said where it refused. */
  synchronized Set<String> refused() {
    return refused;
  }
}
