package io.exonward.agent.sensor;

import io.exonward.common.event.LossCause;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sensor saw, before anything was added to it. */
public sealed interface KernelEvent {
  /**
   * A program started, or was found running.
   *
   * @param isBackfill found running rather than seen starting
   * @param parent null if not known
   * @param uid real user id, unsigned
   * @param gid real group id, unsigned
   * @param file identity of the executed file; null if the sensor cannot tell
   * @param fileName as passed to execve: may be relative, untrusted text; null if not known
   * @param path resolved path of the executed file; null if the sensor cannot tell
   * @param arguments untrusted text, not yet masked
   * @param isArgumentsTruncated arguments were longer than the sensor's limit
   * @param workingDirectory null if the sensor cannot tell
   * @param cgroupId kernel id of the cgroup v2 node; 0 if not known
   * @param mountNamespace inode of the mount namespace; 0 if not known
   * @param occurredAt by the kernel's clock
   */
  record Exec(
      boolean isBackfill,
      ProcessId process,
      @Nullable ProcessId parent,
      int uid,
      int gid,
      CodeOrigin origin,
      @Nullable FileIdentity file,
      @Nullable String fileName,
      @Nullable String path,
      List<String> arguments,
      boolean isArgumentsTruncated,
      @Nullable String workingDirectory,
      long cgroupId,
      int mountNamespace,
      Instant occurredAt)
      implements KernelEvent {
    public Exec {
      arguments = List.copyOf(arguments);
    }

    /**
     * Characters of its texts, which whoever executes can choose: most of what it takes on the
     * heap.
     */
    public int textLength() {
      int length = length(fileName) + length(path) + length(workingDirectory);
      for (String argument : arguments) {
        length += argument.length();
      }
      return length;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /** A process was created. Threads are not reported. */
  record Fork(ProcessId parent, ProcessId child, Instant occurredAt) implements KernelEvent {}

  /**
   * The last thread of a process ended.
   *
   * @param status as wait(2) reports it
   */
  record Exit(ProcessId process, int status, Instant occurredAt) implements KernelEvent {}

  /**
   * Events known to be missing; whoever keeps state reads it again.
   *
   * @param count 0 where not known
   */
  record Lost(String sensor, LossCause cause, Instant from, Instant to, long count)
      implements KernelEvent {}
}
