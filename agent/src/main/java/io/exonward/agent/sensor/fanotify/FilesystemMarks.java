package io.exonward.agent.sensor.fanotify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Errno;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.MountTable;
import io.exonward.agent.sensor.MountTable.Mount;
import io.exonward.agent.sensor.SensorThread;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Marks the superblocks of local filesystems: those mounted in our mount namespace, and those that
 * other namespaces mount or execute from. Thread-safe.
 */
final class FilesystemMarks {
  static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private static final int NAMESPACE_UNKNOWN = 0;

  private final Fanotify group;
  private final long events;
  private final MarkedDevices devices;

  @GuardedBy("this")
  private Set<String> refused = Set.of();

  /**
   * @param events that are asked for on each
   */
  FilesystemMarks(Fanotify group, long events, MarkedDevices devices) {
    this.group = group;
    this.events = events;
    this.devices = devices;
  }

  /** Marks every local filesystem that is mounted in our namespace. */
  void markOwn() {
    Set<Integer> marked = new HashSet<>();
    Set<String> failed = new HashSet<>();
    try (Descriptor root = Descriptor.openPathOnly("/")) {
      for (Mount mount : readMounts(MOUNTS).mounts()) {
        int device = MarkedDevices.number(mount.deviceMajor(), mount.deviceMinor());
        if (LocalFilesystems.magic(mount.type()) != 0 && !marked.contains(device)) {
          try {
            if (markMount(root, mount)) {
              marked.add(device);
            }
          } catch (NativeException e) {
            failed.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
    devices.setOwn(marked);
    synchronized (this) {
      refused = Set.copyOf(failed);
    }
  }

  /**
   * Marks what a process's mount namespace has mounted and ours has not, before anything is
   * executed from there; false if the process is gone. What the kernel refuses is left to {@link
   * #follow}.
   */
  boolean followMounts(int pid) {
    try (Descriptor root = Descriptor.openPathOnly("/proc/" + pid + "/root")) {
      for (Mount mount : readMounts(Path.of("/proc/" + pid + "/mountinfo")).mounts()) {
        int device = MarkedDevices.number(mount.deviceMajor(), mount.deviceMinor());
        if (LocalFilesystems.magic(mount.type()) != 0 && !devices.isOwn(device)) {
          markForeign(root, mount, device);
        }
      }
      return true;
    } catch (NativeException | UncheckedIOException e) {
      return false;
    }
  }

  private void markForeign(Descriptor root, Mount mount, int device) {
    try {
      if (markMount(root, mount)) {
        devices.addForeign(device, NAMESPACE_UNKNOWN);
      }
    } catch (NativeException e) {
      // Out of reach from the process's root, or of a kind that takes no marks.
    }
  }

  private static MountTable readMounts(Path file) {
    try {
      return MountTable.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Whether the mount is the one to be seen at its mount point, and now is marked. */
  private boolean markMount(Descriptor root, Mount mount) {
    try (Descriptor point = openPoint(root, mount.point())) {
      int id = point.status().mountId();
      if (id != 0 && id != mount.id()) {
        return false; // something else is mounted over it, perhaps what could hang us
      }
      group.markFilesystem(point, events);
      return true;
    }
  }

  /** The way to a mount point is in the kernel's memory for as long as the mount is there. */
  private static Descriptor openPoint(Descriptor root, String point) {
    try {
      return root.openCachedPathOnly(point);
    } catch (NativeException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
        throw e;
      }
      return Descriptor.openPathOnly(root.path() + point); // before Linux 5.12
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
    int device = MarkedDevices.number(file.deviceMajor(), file.deviceMinor());
    if (devices.isMarked(device, exec.mountNamespace())) {
      return true;
    }
    try {
      group.markFilesystem("/proc/" + exec.process().pid() + "/exe", events);
      devices.addForeign(device, exec.mountNamespace());
      return true;
    } catch (NativeException e) {
      return false; // the process is gone
    }
  }

  /** What the kernel said where it refused. */
  synchronized Set<String> refused() {
    return refused;
  }

  /** Says in the sensor's status what is not marked. */
  void describe(SensorThread sensor) {
    Set<String> now = refused();
    sensor.describe(now.isEmpty() ? null : "not marked: " + now);
  }
}
