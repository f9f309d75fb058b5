package io.exonward.common.event;

import io.exonward.common.policy.Decision;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One observed fact. */
public sealed interface Event {
  /**
   * A successful execve, or a process found running when the agent started.
   *
   * @param isBackfill found running rather than seen starting
   * @param executable resolved path, untrusted text; null if not known
   * @param commandLine arguments with secrets masked
   * @param isCommandLineTruncated arguments were longer than the limit
   * @param workingDirectory null if the process ended before it could be read
   * @param ancestry from the parent upward; empty if not known
   * @param containerId null on the host itself
   * @param decision what the agent's copy of the policy said; null if it had none
   */
  record Execution(
      boolean isBackfill,
      ProcessId process,
      User user,
      @Nullable String executable,
      List<String> commandLine,
      boolean isCommandLineTruncated,
      @Nullable String workingDirectory,
      Code code,
      List<ProcessSummary> ancestry,
      @Nullable String containerId,
      @Nullable Decision decision)
      implements Event {
    public Execution {
      commandLine = List.copyOf(commandLine);
      ancestry = List.copyOf(ancestry);
    }
  }

  /**
   * Executions among those that a {@link Repetition} counts, all with the same command line.
   *
   * @param pid of the newest of them
   * @param startTicks of the newest of them
   * @param commandLine arguments with secrets masked
   * @param at when the newest of them happened
   * @param count at least 1
   */
  record Run(
      int pid,
      long startTicks,
      List<String> commandLine,
      boolean isCommandLineTruncated,
      Instant at,
      long count) {
    public Run {
      if (count < 1) {
        throw new IllegalArgumentException("a run counts at least one, not " + count);
      }
      commandLine = List.copyOf(commandLine);
    }
  }

  /**
   * Further executions of what an earlier {@link Execution} described in full; only the command
   * lines may differ.
   *
   * @param count at least 1, and at least the sum of the counts in {@code runs}: details can be
   *     shed
   * @param lastProcess newest of them
   * @param runs what is known of each
   */
  record Repetition(
      long count,
      Instant firstAt,
      Instant lastAt,
      User user,
      @Nullable String executable,
      Code code,
      @Nullable String containerId,
      @Nullable Decision decision,
      ProcessId lastProcess,
      List<ProcessSummary> ancestry,
      List<Run> runs)
      implements Event {
    public Repetition {
      long described = 0;
      for (Run run : runs) {
        described = Math.addExact(described, run.count());
      }
      if (count < 1 || count < described) {
        throw new IllegalArgumentException(
            "a repetition of " + count + " describes " + described + " executions");
      }
      ancestry = List.copyOf(ancestry);
      runs = List.copyOf(runs);
    }
  }

  /**
   * Code that entered a process other than by its own execution: the first of its kind, version,
   * loader's executable, user and container.
   *
   * @param loader the process that loads
   * @param path resolved path of what is loaded, untrusted text; null if not known
   * @param ancestry of the loader, from the parent upward
   * @param containerId null on the host itself
   * @param decision what the agent's copy of the policy said; null if it had none
   */
  record CodeLoad(
      CodeLoadKind kind,
      ProcessSummary loader,
      @Nullable String path,
      Code code,
      List<ProcessSummary> ancestry,
      @Nullable String containerId,
      @Nullable Decision decision)
      implements Event {
    public CodeLoad {
      ancestry = List.copyOf(ancestry);
    }
  }

  /**
   * What a process did that brings code into memory, changes it, or prepares that.
   *
   * @param target the other process that it is done to; null if there is none or it is not known
   * @param address first byte of the memory concerned, unsigned; 0 if none
   * @param length bytes of it, unsigned
   * @param protection PROT_ bits asked for // man 2 mmap
   * @param detail name, address or ids, untrusted text; null if there is nothing to say
   * @param count at least 1
   * @param ancestry of the actor, from the parent upward
   * @param containerId null on the host itself
   */
  record Action(
      ActionKind kind,
      ProcessSummary actor,
      @Nullable ProcessSummary target,
      long address,
      long length,
      int protection,
      @Nullable String detail,
      long count,
      Instant firstAt,
      Instant lastAt,
      List<ProcessSummary> ancestry,
      @Nullable String containerId)
      implements Event {
    public Action {
      if (count < 1) {
        throw new IllegalArgumentException("an action counts at least one, not " + count);
      }
      ancestry = List.copyOf(ancestry);
    }
  }

  /**
   * Events known to be missing.
   *
   * @param count 0 where not known
   * @param sensor null if it is not one sensor's
   */
  record Loss(LossCause cause, Instant from, Instant to, long count, @Nullable String sensor)
      implements Event {}

  /** What the host's sensors can see from now on. */
  record CoverageChange(Coverage coverage) implements Event {}

  /**
   * Installed packages, one part of a reading of the package database.
   *
   * @param generation rises with each reading
   * @param isComplete set on the last part
   */
  record PackageInventory(List<PackageRef> packages, long generation, boolean isComplete)
      implements Event {
    public PackageInventory {
      packages = List.copyOf(packages);
    }
  }

  /** A kind that only a newer agent knows; kept whole. */
  final class Unrecognized implements Event {
    private final byte[] encoded;

    /** Keeps a copy of the event as it came. */
    public Unrecognized(byte[] encoded) {
      this.encoded = encoded.clone();
    }

    /** The event as it came, in a new array. */
    public byte[] encoded() {
      return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unrecognized that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(encoded);
    }
  }
}
