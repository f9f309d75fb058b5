package io.exonward.agent.sensor;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.LossCause;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a sensor saw, before anything was added to it. */
public sealed interface KernelEvent {
  /** When it happened, by the kernel's clock where the sensor can tell, else when it was seen. */
  Instant occurredAt();

  /**
   * What executions of one program in one place have in common. A sensor may hand out one object
   * for many of them, so whoever remembers something about it can go by its identity.
   *
   * @param uid real user id, unsigned
   * @param gid real group id, unsigned
   * @param file identity of the executed file; null if the sensor cannot tell
   * @param fileName as passed to execve: may be relative, untrusted text; null if not known
   * @param path resolved path of the executed file; null if the sensor cannot tell
   * @param cgroupId kernel id of the cgroup v2 node; 0 if not known
   * @param mountNamespace inode of the mount namespace; 0 if not known
   * @param isInterpreted the file is the interpreter of what {@code fileName} names, a script
   */
  record Circumstances(
      int uid,
      int gid,
      CodeOrigin origin,
      @Nullable FileIdentity file,
      @Nullable String fileName,
      @Nullable String path,
      long cgroupId,
      int mountNamespace,
      boolean isInterpreted) {}

  /**
   * A program started, or was found running.
   *
   * @param isBackfill found running rather than seen starting
   * @param parent null if not known
   * @param arguments untrusted text, not yet masked
   * @param isArgumentsTruncated arguments were longer than the sensor's limit
   * @param workingDirectory null if the sensor cannot tell
   * @param occurredAt by the kernel's clock
   */
  record Exec(
      boolean isBackfill,
      ProcessId process,
      @Nullable ProcessId parent,
      Circumstances circumstances,
      List<String> arguments,
      boolean isArgumentsTruncated,
      @Nullable String workingDirectory,
      Instant occurredAt)
      implements KernelEvent {
    public Exec {
      arguments = List.copyOf(arguments);
    }

    public int uid() {
      return circumstances.uid;
    }

    public int gid() {
      return circumstances.gid;
    }

    public CodeOrigin origin() {
      return circumstances.origin;
    }

    public @Nullable FileIdentity file() {
      return circumstances.file;
    }

    public @Nullable String fileName() {
      return circumstances.fileName;
    }

    public @Nullable String path() {
      return circumstances.path;
    }

    public long cgroupId() {
      return circumstances.cgroupId;
    }

    public int mountNamespace() {
      return circumstances.mountNamespace;
    }

    public boolean isInterpreted() {
      return circumstances.isInterpreted;
    }

    /**
     * Characters of its texts, which whoever executes can choose: most of what it takes on the
     * heap.
     */
    public int textLength() {
      int length = length(fileName()) + length(path()) + length(workingDirectory);
      for (int i = 0; i < arguments.size(); i++) {
        length += arguments.get(i).length();
      }
      return length;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /**
   * Code entered a process other than by its own execution. The kernel leaves out what it said
   * before: these are no counts.
   *
   * @param path resolved path, untrusted text; null if the sensor cannot tell
   * @param descriptor number by which the process itself has the file open; -1 if it has not
   * @param cgroupId kernel id of the cgroup v2 node; 0 if not known
   * @param mountNamespace inode of the mount namespace; 0 if not known
   * @param occurredAt by the kernel's clock
   */
  record Load(
      CodeLoadKind kind,
      ProcessId process,
      CodeOrigin origin,
      FileIdentity file,
      @Nullable String path,
      int descriptor,
      long cgroupId,
      int mountNamespace,
      Instant occurredAt)
      implements KernelEvent {}

  /**
   * A process did something that brings code into memory, changes it, or prepares that.
   *
   * @param targetPid the other process, in the initial pid namespace; 0 if there is none
   * @param address first byte of the memory concerned; 0 if none
   * @param length bytes of it
   * @param protection PROT_ bits asked for
   * @param detail name, address or ids, untrusted text; null if there is nothing to say
   * @param descriptor number that the process got for what it made; -1 if none
   * @param cgroupId kernel id of the cgroup v2 node; 0 if not known
   * @param count how often since it was last reported, at least 1
   * @param occurredAt by the kernel's clock
   */
  record Action(
      ActionKind kind,
      ProcessId process,
      int targetPid,
      long address,
      long length,
      int protection,
      @Nullable String detail,
      int descriptor,
      long cgroupId,
      long count,
      Instant occurredAt)
      implements KernelEvent {}

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
      implements KernelEvent {
    @Override
    public Instant occurredAt() {
      return to;
    }
  }
}
