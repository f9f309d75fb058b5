package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.FileIdentity;
import java.util.Optional;

/** Finds the file of an execution through its process, while that lives. */
final class ExecutedFile {
  private ExecutedFile() {}

  /**
   * Opens it; empty if the process is gone or runs something else by now. The filesystem must be
   * known to be local: a file elsewhere can hang who opens it.
   */
  static Optional<Descriptor> open(
      KernelEvent.Exec exec, FileIdentity file, ProcfsReader processes) {
    int pid = exec.process().pid();
    Descriptor opened;
    try {
      opened = Descriptor.openForReading("/proc/" + pid + "/exe");
    } catch (NativeException e) {
      return Optional.empty();
    }
    boolean isStillThat =
        processes.identify(pid).filter(exec.process()::equals).isPresent()
            && isOnDevice(file, opened.status())
            && opened.status().inode() == file.inode();
    if (!isStillThat) {
      opened.close();
      return Optional.empty();
    }
    return Optional.of(opened);
  }

  /** Whether both lie on one device, as far as the filesystem lets that be told. */
  static boolean isOnDevice(FileIdentity executed, FileStatus status) {
    return LocalFilesystems.hidesItsDevice(executed.filesystemMagic())
        || (executed.deviceMajor() == status.deviceMajor()
            && executed.deviceMinor() == status.deviceMinor());
  }
}
