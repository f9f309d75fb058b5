package io.exonward.agent.sensor.procfs;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.MountTable;
import io.exonward.agent.sensor.MountTable.Mount;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import java.util.Optional;

/**
 * The file that a process runs, found without opening it.
 *
 * @param path where it lies, or lay; {@code memfd:NAME} for a memfd
 */
record ExecutableFile(FileIdentity identity, CodeOrigin origin, String path) {
  private static final int MOUNTS_LIMIT_BYTES = 4 * 1024 * 1024;
  private static final int TMPFS = LocalFilesystems.magic("tmpfs");

  /** Tells memfds by their device, because names can be chosen. */
  private static final class MemfdDevice {
    static final FileStatus STATUS = Kernel.memfdStatus();

    static boolean holds(FileStatus status) {
      return status.deviceMajor() == STATUS.deviceMajor()
          && status.deviceMinor() == STATUS.deviceMinor();
    }
  }

  /** Of a running process; empty if it is gone, a zombie or a kernel thread. */
  static Optional<ExecutableFile> find(ProcFile process) {
    try {
      String target = Descriptor.readLink(process.path("exe"));
      FileStatus status = FileStatus.ofPath(process.path("exe"));
      boolean isDeleted = status.linkCount() == 0;
      if (isDeleted && MemfdDevice.holds(status)) {
        String name = ProcText.withoutDeletedMark(target).replaceFirst("^/", "");
        FileIdentity identity = identity(status, status.deviceMajor(), status.deviceMinor(), TMPFS);
        return Optional.of(new ExecutableFile(identity, CodeOrigin.MEMFD, name));
      }
      return Optional.of(
          new ExecutableFile(
              locate(process, status),
              isDeleted ? CodeOrigin.DELETED : CodeOrigin.FILE,
              isDeleted ? ProcText.withoutDeletedMark(target) : target));
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  private static FileIdentity locate(ProcFile process, FileStatus status) {
    Optional<Mount> mount =
        process
            .read("mountinfo", MOUNTS_LIMIT_BYTES)
            .flatMap(content -> MountTable.find(content, candidate -> isOn(candidate, status)));
    return mount
        .map(found ->
            identity(
                status,
                found.deviceMajor(),
                found.deviceMinor(),
                LocalFilesystems.magic(found.type())))
        .orElseGet(() -> identity(status, status.deviceMajor(), status.deviceMinor(), 0));
  }

  private static boolean isOn(Mount mount, FileStatus status) {
    return status.mountId() != 0
        ? mount.id() == status.mountId()
        : mount.deviceMajor() == status.deviceMajor()
            && mount.deviceMinor() == status.deviceMinor();
  }

  private static FileIdentity identity(FileStatus status, int major, int minor, int magic) {
    return new FileIdentity(
        major,
        minor,
        status.inode(),
        0,
        status.sizeBytes(),
        status.ctimeNanos(),
        status.linkCount(),
        magic,
        status.mode(),
        status.ownerUid());
  }
}
