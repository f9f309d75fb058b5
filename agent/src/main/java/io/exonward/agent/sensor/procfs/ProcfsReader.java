package io.exonward.agent.sensor.procfs;

import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads processes from /proc. A process may end at any moment: then the answer is empty. Never
 * opens the file that a process runs. Thread-safe.
 */
public final class ProcfsReader {
  /** The kernel's own "no such user". */
  private static final int UNKNOWN_ID = -1;

  private static final int ARGUMENT_LIMIT_BYTES = 4096;
  private static final int STATUS_LIMIT_BYTES = 8192;
  private static final int CGROUP_LIMIT_BYTES = 16_384;
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final UUID bootId;
  private final Clock clock;
  private final String unifiedHierarchy;

  public ProcfsReader(UUID bootId, Clock clock) {
    this.bootId = bootId;
    this.clock = clock;
    Path hybrid = CGROUPS.resolve("unified");
    unifiedHierarchy = (Files.isDirectory(hybrid) ? hybrid : CGROUPS).toString();
  }

  /** Ids of all processes now. */
  public List<Integer> pids() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Integer.parseInt(entry.getFileName().toString()));
      }
      return pids;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list /proc", e);
    }
  }

  /** Identity of a process; empty if it is gone. */
  public Optional<ProcessId> identify(int pid) {
    return stat(pid).map(stat -> new ProcessId(bootId, pid, stat.startTicks()));
  }

  /**
   * Reads what a process runs; empty if it is gone or runs no program, as kernel threads.
   *
   * @param isBackfill found running: the event then has the process's start as its time, else now
   */
  public Optional<KernelEvent.Exec> read(int pid, boolean isBackfill) {
    ProcFile process = new ProcFile(pid);
    Optional<ProcessStat> stat = stat(pid).filter(found -> !found.isKernelThread());
    Optional<ExecutableFile> file =
        stat.isPresent() ? ExecutableFile.find(process) : Optional.empty();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    KernelEvent.Exec exec = read(pid, stat.orElseThrow(), file.get(), isBackfill);
    // The id may have gone to another process, or the process to another program, meanwhile.
    return stat(pid).filter(stat.orElseThrow()::equals).map(_ -> exec);
  }

  private KernelEvent.Exec read(
      int pid, ProcessStat stat, ExecutableFile file, boolean isBackfill) {
    ProcFile process = new ProcFile(pid);
    byte[] status = process.read("status", STATUS_LIMIT_BYTES).orElseGet(() -> new byte[0]);
    byte[] cmdline = process.read("cmdline", ARGUMENT_LIMIT_BYTES + 1).orElseGet(() -> new byte[0]);
    long startNanos = stat.startTicks() * ProcessId.TICK_NANOS;
    return new KernelEvent.Exec(
        isBackfill,
        new ProcessId(bootId, pid, stat.startTicks()),
        parent(stat),
        new KernelEvent.Circumstances(
            ProcText.realId(status, "Uid:").orElse(UNKNOWN_ID),
            ProcText.realId(status, "Gid:").orElse(UNKNOWN_ID),
            file.origin(),
            file.identity(),
            null,
            file.path(),
            cgroup(process),
            process.link("ns/mnt").map(ProcText::namespaceInode).orElse(0),
            false),
        ProcText.arguments(cut(cmdline)),
        cmdline.length > ARGUMENT_LIMIT_BYTES,
        process.link("cwd").orElse(null),
        isBackfill ? new BootClock(clock).at(startNanos) : clock.instant());
  }

  /** The same with the arguments that the process has now; as it is if that is gone. */
  public KernelEvent.Exec withArguments(KernelEvent.Exec exec) {
    int pid = exec.process().pid();
    Optional<byte[]> cmdline = new ProcFile(pid).read("cmdline", ARGUMENT_LIMIT_BYTES + 1);
    if (cmdline.isEmpty() || identify(pid).filter(exec.process()::equals).isEmpty()) {
      return exec;
    }
    return new KernelEvent.Exec(
        exec.isBackfill(),
        exec.process(),
        exec.parent(),
        exec.circumstances(),
        ProcText.arguments(cut(cmdline.get())),
        cmdline.get().length > ARGUMENT_LIMIT_BYTES,
        exec.workingDirectory(),
        exec.occurredAt());
  }

  private static byte[] cut(byte[] cmdline) {
    return cmdline.length > ARGUMENT_LIMIT_BYTES
        ? java.util.Arrays.copyOf(cmdline, ARGUMENT_LIMIT_BYTES)
        : cmdline;
  }

  private @Nullable ProcessId parent(ProcessStat stat) {
    return stat.parentPid() == 0 ? null : identify(stat.parentPid()).orElse(null);
  }

  /** The kernel's id of a cgroup is the inode of its folder. */
  private long cgroup(ProcFile process) {
    try {
      return process
          .read("cgroup", CGROUP_LIMIT_BYTES)
          .flatMap(ProcText::unifiedCgroup)
          .map(path -> FileStatus.ofPath(unifiedHierarchy + path).inode())
          .orElse(0L);
    } catch (NativeException e) {
      return 0;
    }
  }

  static Optional<ProcessStat> stat(int pid) {
    return new ProcFile(pid).read("stat", ProcessStat.LIMIT_BYTES).flatMap(ProcessStat::parse);
  }
}
