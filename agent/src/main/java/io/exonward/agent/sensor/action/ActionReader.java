package io.exonward.agent.sensor.action;

import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.ebpf.FileRecord;
import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the records that actions.bpf.c writes, and hands on what they say. For one thread. */
final class ActionReader {
  // actions.bpf.c, enum action_kind and enum action_flag
  private static final int KIND_LIBRARY = 1;
  private static final int KIND_OPENED = 2;
  private static final int KIND_MOUNTED = 3;
  private static final int FIRST_ACTION = 10;
  private static final int FLAG_PATH_INCOMPLETE = 1;
  private static final int FLAG_MEMFD = 2;
  private static final int FLAG_PID_NAMESPACE = 4;
  private static final int FLAG_USER_NAMESPACE = 8;
  private static final int FLAG_GROUPS = 16;

  /** By their numbers in actions.bpf.c. */
  private static final ActionKind[] ACTIONS = {
    ActionKind.EXECUTABLE_MAPPED,
    ActionKind.MADE_EXECUTABLE,
    ActionKind.MEMFD_CREATED,
    ActionKind.PTRACE_ATTACHED,
    ActionKind.PTRACE_WRITTEN,
    ActionKind.PROCESS_WRITTEN,
    ActionKind.PROCESS_MEMORY_OPENED,
    ActionKind.UPROBE_SET,
    ActionKind.BPF_LOADED,
    ActionKind.MODULE_LOADED,
    ActionKind.CREDENTIALS_CHANGED,
    ActionKind.CONNECTED
  };

  private final UUID bootId;
  private final BootClock clock;
  private final NamespacePids pids;
  private final KernelEventSink sink;
  private final IntPredicate mounted;

  /**
   * @param mounted told the pid of each process that mounted something, and if it says that this is
   *     gone, that of its parent, which most often sees the same mounts
   */
  ActionReader(
      UUID bootId,
      BootClock clock,
      NamespacePids pids,
      KernelEventSink sink,
      IntPredicate mounted) {
    this.bootId = bootId;
    this.clock = clock;
    this.pids = pids;
    this.sink = sink;
    this.mounted = mounted;
  }

  BootClock clock() {
    return clock;
  }

  /**
   * Reads the record at {@code offset}.
   *
   * @throws IllegalArgumentException if it is not as actions.bpf.c writes it
   */
  void read(ByteBuffer memory, int offset, int length) {
    if (length < ActionLayout.ACTION_RECORD_BYTES) {
      throw new IllegalArgumentException("a record has " + length + " bytes");
    }
    byte[] text = text(memory, offset, length);
    int kind = memory.getInt(offset + ActionLayout.KIND);
    switch (kind) {
      case KIND_LIBRARY -> sink.accept(load(CodeLoadKind.LIBRARY, memory, offset, text));
      case KIND_OPENED -> sink.accept(load(CodeLoadKind.OPENED, memory, offset, text));
      case KIND_MOUNTED -> mounted(memory, offset);
      default -> sink.accept(action(kind - FIRST_ACTION, memory, offset, text));
    }
  }

  private void mounted(ByteBuffer memory, int offset) {
    boolean _ =
        mounted.test(memory.getInt(offset + ActionLayout.PID))
            || mounted.test(memory.getInt(offset + ActionLayout.TARGET_PID));
  }

  private static byte[] text(ByteBuffer memory, int offset, int length) {
    int bytes = memory.getInt(offset + ActionLayout.TEXT_BYTES);
    if (bytes < 0 || bytes > length - ActionLayout.ACTION_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + length + " bytes claims " + bytes + " bytes of text");
    }
    byte[] text = new byte[bytes];
    memory.get(offset + ActionLayout.ACTION_RECORD_BYTES, text);
    return text;
  }

  private KernelEvent load(CodeLoadKind kind, ByteBuffer memory, int offset, byte[] text) {
    int flags = memory.getInt(offset + ActionLayout.FLAGS);
    FileIdentity file = FileRecord.read(memory, offset + ActionLayout.FILE);
    CodeOrigin origin =
        has(flags, FLAG_MEMFD)
            ? CodeOrigin.MEMFD
            : file.linkCount() == 0 ? CodeOrigin.DELETED : CodeOrigin.FILE;
    return new KernelEvent.Load(
        kind,
        process(memory, offset),
        origin,
        file,
        has(flags, FLAG_PATH_INCOMPLETE) ? null : path(origin, text),
        memory.getInt(offset + ActionLayout.DESCRIPTOR),
        memory.getLong(offset + ActionLayout.CGROUP),
        memory.getInt(offset + ActionLayout.MOUNT_NAMESPACE),
        clock.at(memory.getLong(offset + ActionLayout.TIME_NANOS)));
  }

  private static @Nullable String path(CodeOrigin origin, byte[] text) {
    return origin == CodeOrigin.MEMFD ? ActionText.name(text) : ActionText.path(text);
  }

  private KernelEvent action(int number, ByteBuffer memory, int offset, byte[] text) {
    if (number < 0 || number >= ACTIONS.length) {
      throw new IllegalArgumentException("a record has kind " + (number + FIRST_ACTION));
    }
    ActionKind kind = ACTIONS[number];
    int flags = memory.getInt(offset + ActionLayout.FLAGS);
    int named = named(kind, memory, offset, text);
    int target = target(memory.getInt(offset + ActionLayout.PID), named, flags);
    return new KernelEvent.Action(
        kind,
        process(memory, offset),
        target,
        memory.getLong(offset + ActionLayout.ADDRESS),
        memory.getLong(offset + ActionLayout.LENGTH),
        memory.getInt(offset + ActionLayout.PROTECTION),
        detail(kind, flags, text, named != 0 && target == 0 ? named : 0),
        memory.getInt(offset + ActionLayout.DESCRIPTOR),
        memory.getLong(offset + ActionLayout.CGROUP),
        Math.max(1, memory.getLong(offset + ActionLayout.COUNT)),
        clock.at(memory.getLong(offset + ActionLayout.TIME_NANOS)));
  }

  /** Number by which the process calls the other one; 0 if there is none. */
  private static int named(ActionKind kind, ByteBuffer memory, int offset, byte[] text) {
    if (kind != ActionKind.PROCESS_MEMORY_OPENED) {
      return memory.getInt(offset + ActionLayout.TARGET_PID);
    }
    try {
      return Integer.parseInt(String.valueOf(ActionText.name(text)));
    } catch (NumberFormatException _) {
      return 0; // no process has that folder
    }
  }

  private int target(int caller, int named, int flags) {
    if (named <= 0) {
      return 0;
    }
    int pid = has(flags, FLAG_PID_NAMESPACE) ? pids.resolve(caller, named) : named;
    return pid == 0 ? 0 : pids.process(pid);
  }

  private static @Nullable String detail(
      ActionKind kind, int flags, byte[] text, int unresolvedPid) {
    if (unresolvedPid != 0) {
      return "process " + unresolvedPid + " of its own pid namespace";
    }
    if (kind == ActionKind.PROCESS_MEMORY_OPENED) {
      return null;
    }
    String detail = ActionText.detail(kind, text, has(flags, FLAG_GROUPS));
    return detail != null && has(flags, FLAG_USER_NAMESPACE)
        ? detail + " of its own user namespace"
        : detail;
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private ProcessId process(ByteBuffer memory, int offset) {
    return ProcessId.ofNanos(
        bootId,
        memory.getInt(offset + ActionLayout.PID),
        memory.getLong(offset + ActionLayout.START_NANOS));
  }
}
