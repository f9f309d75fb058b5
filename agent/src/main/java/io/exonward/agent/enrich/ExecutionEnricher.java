package io.exonward.agent.enrich;

import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.Image;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.event.Code;
import io.exonward.common.event.Event.Execution;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import io.exonward.common.wire.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a sensor saw and what the inspector found into an execution, in two steps: what may
 * soon be gone (container, place in the process table) is taken when the event comes, the rest when
 * the code has been hashed. Not thread-safe: owned by the pipeline's thread.
 */
public final class ExecutionEnricher {
  private final ProcessTable table;
  private final Containers containers;
  private final UserNames users;
  private final DpkgDatabase packages;

  public ExecutionEnricher(
      ProcessTable table, Containers containers, UserNames users, DpkgDatabase packages) {
    this.table = table;
    this.containers = containers;
    this.users = users;
    this.packages = packages;
  }

  /**
   * An execution whose code is being looked at.
   *
   * @param image which of the process's images in the table
   */
  record Pending(
      Exec exec, User user, CommandLines command, @Nullable String containerId, long image) {}

  /** Takes what may soon be gone. */
  Pending begin(Exec exec) {
    User user = users.user(exec.uid(), exec.gid());
    CommandLines command = CommandLines.of(exec.arguments(), exec.isArgumentsTruncated());
    long image =
        table.executed(
            exec.process(),
            exec.parent(),
            new Image(cut(exec.path()), null),
            command.summary(),
            user);
    return new Pending(
        exec, user, command, containers.find(exec.process().pid(), exec.cgroupId()), image);
  }

  /**
   * Does the same for an execution that is like others in all but its command line.
   *
   * @param command null where details are shed
   */
  void executedAgain(Exec exec, RepeatedKind kind, @Nullable CommandLines command) {
    var _ =
        table.executed(
            exec.process(),
            exec.parent(),
            kind.image(),
            command == null ? List.of() : command.summary(),
            kind.execution().user());
  }

  /** What the parent of a process runs; null if not known. */
  @Nullable Image parentImage(Exec exec) {
    ProcessId parent = exec.parent();
    return parent == null ? null : table.image(parent);
  }

  /** Puts everything together; the decision is still missing. */
  Execution complete(Pending pending, Inspection inspection) {
    Exec exec = pending.exec();
    CommandLines command = pending.command();
    // The name given to execve is no substitute: /usr/bin/../../home/x would pass for a program in
    // /usr/bin, and the kernel's own path can be made too deep to be resolved.
    String path = cut(inspection.path() != null ? inspection.path() : exec.path());
    inspection
        .hash()
        .findSha256()
        .ifPresent(sha256 -> table.hashed(exec.process(), pending.image(), sha256));
    Code code =
        new Code(
            exec.origin(),
            inspection.hash(),
            inspection.file() != null ? inspection.file() : exec.file(),
            owner(pending, path, inspection.md5()));
    return new Execution(
        exec.isBackfill(),
        exec.process(),
        pending.user(),
        path,
        command.arguments(),
        command.isTruncated(),
        cut(exec.workingDirectory()),
        code,
        ancestry(exec),
        pending.containerId(),
        null);
  }

  /** The host's database says nothing about what lies in a container. */
  private @Nullable PackageRef owner(Pending pending, @Nullable String path, @Nullable String md5) {
    boolean isOnHost = pending.containerId() == null && pending.exec().origin().isFile();
    return isOnHost && path != null && md5 != null
        ? packages.findOwner(path, md5).orElse(null)
        : null;
  }

  /** As much of the chain of its parents as an event has room for. */
  List<ProcessSummary> ancestry(Exec exec) {
    return Ancestry.fitting(table.ancestry(exec.process()), Ancestry.USUAL_BYTES);
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Limits.truncate(text, Limits.PATH_BYTES);
  }
}
