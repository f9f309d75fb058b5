package io.exonward.agent.sensor.ebpf;

import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the records that exec.bpf.c writes. For one thread. */
final class RecordReader {
  // exec.bpf.c, enum kind and enum flag
  private static final int KIND_EXEC = 1;
  private static final int KIND_FORK = 2;
  private static final int KIND_EXIT = 3;
  private static final int FLAG_ARGUMENTS_TRUNCATED = 1;
  private static final int FLAG_PATH_INCOMPLETE = 2;
  private static final int FLAG_DIRECTORY_INCOMPLETE = 4;
  private static final int FLAG_MEMFD = 8;
  private static final int FLAG_ARGUMENTS_UNREADABLE = 16;
  private static final int FLAG_INTERPRETED = 32;

  private final BootClock clock;
  private final KnownProcesses processes;
  private final KnownCircumstances known = new KnownCircumstances();
  private final RecordText text = new RecordText();

  RecordReader(UUID bootId, BootClock clock) {
    processes = new KnownProcesses(bootId);
    this.clock = clock;
  }

  /**
   * Reads the record at {@code offset}; null if it is about a process that has no parent to name.
   *
   * @throws IllegalArgumentException if it is not as exec.bpf.c writes it
   */
  @Nullable KernelEvent read(ByteBuffer memory, int offset, int length) {
    if (length < RecordLayout.RECORD_BYTES) {
      throw new IllegalArgumentException("a record has " + length + " bytes");
    }
    int kind = memory.getInt(offset + RecordLayout.KIND);
    return switch (kind) {
      case KIND_EXEC -> readExec(memory, offset, length, false);
      case KIND_FORK -> readFork(memory, offset);
      case KIND_EXIT -> readExit(memory, offset);
      default -> throw new IllegalArgumentException("a record has kind " + kind);
    };
  }

  /**
   * Reads what the iterator wrote: records of executions, one after the other.
   *
   * @throws IllegalArgumentException if it is not as exec.bpf.c writes it
   */
  List<KernelEvent.Exec> readRunning(ByteBuffer records) {
    List<KernelEvent.Exec> running = new ArrayList<>();
    int offset = 0;
    while (records.limit() - offset >= RecordLayout.EXEC_RECORD_BYTES) {
      running.add(readExec(records, offset, records.limit() - offset, true));
      offset += RecordLayout.EXEC_RECORD_BYTES + text.length();
    }
    return running;
  }

  private @Nullable KernelEvent readFork(ByteBuffer memory, int offset) {
    ProcessId parent = parent(memory, offset);
    return parent == null
        ? null
        : new KernelEvent.Fork(parent, process(memory, offset), clock.at(time(memory, offset)));
  }

  private KernelEvent readExit(ByteBuffer memory, int offset) {
    return new KernelEvent.Exit(
        process(memory, offset),
        memory.getInt(offset + RecordLayout.STATUS),
        clock.at(time(memory, offset)));
  }

  private KernelEvent.Exec readExec(ByteBuffer memory, int offset, int length, boolean isBackfill) {
    int flags = memory.getInt(offset + RecordLayout.FLAGS);
    text.load(memory, offset, length);
    int slot =
        KnownCircumstances.slot(
            memory.getLong(offset + RecordLayout.FILE + FileRecord.INODE),
            memory.getInt(offset + RecordLayout.PATH_BYTES),
            memory.getInt(offset + RecordLayout.MOUNT_NAMESPACE));
    KnownCircumstances.Known seen = known.find(slot, flags, text);
    KernelEvent.Circumstances circumstances =
        seen == null ? readCircumstances(memory, offset, flags) : seen.circumstances();
    if (seen == null) {
      known.remember(slot, flags, text, circumstances);
    }
    return new KernelEvent.Exec(
        isBackfill,
        process(memory, offset),
        parent(memory, offset),
        circumstances,
        seen == null ? text.arguments() : seen.arguments(text),
        has(flags, FLAG_ARGUMENTS_TRUNCATED) || has(flags, FLAG_ARGUMENTS_UNREADABLE),
        has(flags, FLAG_DIRECTORY_INCOMPLETE) ? null : text.directory(),
        clock.at(isBackfill ? startNanos(memory, offset) : time(memory, offset)));
  }

  private KernelEvent.Circumstances readCircumstances(ByteBuffer memory, int offset, int flags) {
    FileIdentity file = FileRecord.read(memory, offset + RecordLayout.FILE);
    CodeOrigin origin = origin(flags, file);
    return new KernelEvent.Circumstances(
        memory.getInt(offset + RecordLayout.UID),
        memory.getInt(offset + RecordLayout.GID),
        origin,
        file,
        text.fileName(),
        has(flags, FLAG_PATH_INCOMPLETE) ? null : text.path(origin),
        memory.getLong(offset + RecordLayout.CGROUP),
        memory.getInt(offset + RecordLayout.MOUNT_NAMESPACE),
        has(flags, FLAG_INTERPRETED));
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static CodeOrigin origin(int flags, FileIdentity file) {
    if (has(flags, FLAG_MEMFD)) {
      return CodeOrigin.MEMFD;
    }
    return file.linkCount() == 0 ? CodeOrigin.DELETED : CodeOrigin.FILE;
  }

  private ProcessId process(ByteBuffer memory, int offset) {
    return processes.process(memory.getInt(offset + RecordLayout.PID), startNanos(memory, offset));
  }

  private @Nullable ProcessId parent(ByteBuffer memory, int offset) {
    int pid = memory.getInt(offset + RecordLayout.PARENT_PID);
    long start = memory.getLong(offset + RecordLayout.PARENT_START_NANOS);
    return pid == 0 ? null : processes.process(pid, start);
  }

  private static long startNanos(ByteBuffer memory, int offset) {
    return memory.getLong(offset + RecordLayout.START_NANOS);
  }

  private static long time(ByteBuffer memory, int offset) {
    return memory.getLong(offset + RecordLayout.TIME_NANOS);
  }
}
