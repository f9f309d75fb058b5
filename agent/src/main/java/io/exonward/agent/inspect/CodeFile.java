package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the file of code that runs or ran: by its process while that lives, and then by its path.
 *
 * <p>Every way ends in a name for a file that is not opened until it is known to be the one that
 * the kernel reported, regular and on a local filesystem: a file elsewhere can hang who opens it.
 * What a process runs now is told by device and inode, because nobody can write it meanwhile; every
 * other way also by size and change time, which a user cannot choose. Thread-safe.
 */
final class CodeFile {
  private static final int NAMESPACE_UNKNOWN = 0;

  private final ProcfsReader processes;
  private final int ownMountNamespace;

  CodeFile(ProcfsReader processes) {
    this.processes = processes;
    ownMountNamespace = (int) FileStatus.ofPath("/proc/self/ns/mnt").inode();
  }

  /** Opens it for reading; empty if every way leads to something else, or nowhere. */
  Optional<Descriptor> open(Subject subject) {
    Optional<Descriptor> opened =
        subject.isExecuted() ? openRunning(subject.process(), subject.file()) : openLoaded(subject);
    return opened.isPresent() ? opened : openByPath(subject);
  }

  /** Opens what a process runs; empty if that is something else by now, or the process is gone. */
  Optional<Descriptor> openRunning(ProcessId process, FileIdentity file) {
    return open(
        "/proc/" + process.pid() + "/exe",
        found ->
            isInode(file, found)
                && processes.identify(process.pid()).filter(process::equals).isPresent());
  }

  private static Optional<Descriptor> openLoaded(Subject subject) {
    String process = "/proc/" + subject.process().pid();
    Predicate<FileStatus> isWanted = found -> isVersion(subject.file(), found);
    Optional<Descriptor> opened = Optional.empty();
    if (subject.descriptor() >= 0) {
      opened = open(process + "/fd/" + subject.descriptor(), isWanted);
    }
    if (opened.isEmpty()) {
      opened = openBelow(subject, process + "/root");
    }
    return opened.isPresent()
        ? opened
        : MappedFiles.find(subject.process().pid(), subject.file().inode())
            .flatMap(mapped -> open(mapped, isWanted));
  }

  private static Optional<Descriptor> open(String path, Predicate<FileStatus> isWanted) {
    try (Descriptor named = Descriptor.openPathOnly(path)) {
      return openVerified(named, isWanted);
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  /** Where the process saw it, seen from us or from its parent, who most often sees the same. */
  private Optional<Descriptor> openByPath(Subject subject) {
    int namespace = subject.mountNamespace();
    if (namespace == ownMountNamespace || namespace == NAMESPACE_UNKNOWN) {
      Optional<Descriptor> opened = openBelow(subject, "/");
      if (opened.isPresent()) {
        return opened;
      }
    }
    ProcessId parent = subject.parent();
    return parent == null
        ? Optional.empty()
        : openBelow(subject, "/proc/" + parent.pid() + "/root");
  }

  private static Optional<Descriptor> openBelow(Subject subject, String root) {
    String path = subject.path();
    if (path == null || !path.startsWith("/")) {
      return Optional.empty();
    }
    try (Descriptor folder = Descriptor.openPathOnly(root);
        Descriptor named = folder.openCachedPathOnly(path)) {
      return openVerified(named, found -> isVersion(subject.file(), found));
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Descriptor> openVerified(
      Descriptor named, Predicate<FileStatus> isWanted) {
    FileStatus found = named.status();
    return found.isRegular()
            && isWanted.test(found)
            && LocalFilesystems.isLocal(named.filesystemMagic())
        ? Optional.of(named.reopenForReading())
        : Optional.empty();
  }

  private static boolean isInode(FileIdentity wanted, FileStatus found) {
    return found.inode() == wanted.inode() && isOnDevice(wanted, found);
  }

  private static boolean isVersion(FileIdentity wanted, FileStatus found) {
    return isInode(wanted, found)
        && found.sizeBytes() == wanted.sizeBytes()
        && found.ctimeNanos() == wanted.ctimeNanos();
  }

  /** Whether both lie on one device, as far as the filesystem lets that be told. */
  static boolean isOnDevice(FileIdentity wanted, FileStatus found) {
    return LocalFilesystems.hidesItsDevice(wanted.filesystemMagic())
        || (wanted.deviceMajor() == found.deviceMajor()
            && wanted.deviceMinor() == found.deviceMinor());
  }
}
