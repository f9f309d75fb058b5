package io.exonward.agent.sensor.connector;

import io.exonward.agent.linux.Kernel;
import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes events of messages that name processes by pid only. Start times are remembered from fork to
 * exit; that of a process which is gone from /proc before it could be read is taken from its
 * message, which may differ from the kernel's by a tick. For one thread.
 */
final class ProcessMessages {
  private static final int UNKNOWN_ID = -1; // the kernel's own "no such user"

  private final UUID bootId;
  private final Clock clock;
  private final KernelEventSink sink;
  private final ProcfsReader processes;
  private final Map<Integer, ProcessId> living = new HashMap<>();

  ProcessMessages(UUID bootId, Clock clock, KernelEventSink sink) {
    this.bootId = bootId;
    this.clock = clock;
    this.sink = sink;
    processes = new ProcfsReader(bootId, clock);
  }

  /** Hands on the event in a message; returns the number of events, 0 or 1. */
  int accept(ProcessMessage message) {
    return switch (message.what()) {
      case ProcessMessage.FORK -> fork(message);
      case ProcessMessage.EXEC -> exec(message);
      case ProcessMessage.EXIT -> exit(message);
      default -> 0;
    };
  }

  /** Ends of processes are missing: what is remembered may be wrong. */
  void forget() {
    living.clear();
  }

  private int fork(ProcessMessage message) {
    int parentPid = message.word1();
    int thread = message.word2();
    int childPid = message.word3();
    if (thread != childPid || parentPid <= 0) {
      return 0;
    }
    ProcessId child = processes.identify(childPid).orElseGet(() -> started(childPid, message));
    living.put(childPid, child);
    Optional<ProcessId> parent = find(parentPid);
    parent.ifPresent(p -> sink.accept(new KernelEvent.Fork(p, child, clock.instant())));
    return parent.isPresent() ? 1 : 0;
  }

  private int exec(ProcessMessage message) {
    int pid = message.word1();
    sink.accept(processes.read(pid, false).orElseGet(() -> goneExec(pid, message)));
    return 1;
  }

  /** All that is left to say of a process that ended before it could be looked at. */
  private KernelEvent.Exec goneExec(int pid, ProcessMessage message) {
    return new KernelEvent.Exec(
        false,
        find(pid).orElseGet(() -> started(pid, message)),
        null,
        new KernelEvent.Circumstances(
            UNKNOWN_ID, UNKNOWN_ID, CodeOrigin.FILE, null, null, null, 0, 0, false),
        List.of(),
        false,
        null,
        new BootClock(clock).at(bootNanos(message)));
  }

  private int exit(ProcessMessage message) {
    int thread = message.word0();
    int pid = message.word1();
    if (thread != pid) {
      return 0;
    }
    ProcessId known = living.remove(pid);
    Optional<ProcessId> process = known != null ? Optional.of(known) : processes.identify(pid);
    process.ifPresent(
        ended -> sink.accept(new KernelEvent.Exit(ended, message.word2(), clock.instant())));
    return process.isPresent() ? 1 : 0;
  }

  private Optional<ProcessId> find(int pid) {
    ProcessId known = living.get(pid);
    return known != null ? Optional.of(known) : processes.identify(pid);
  }

  private ProcessId started(int pid, ProcessMessage message) {
    return ProcessId.ofNanos(bootId, pid, bootNanos(message));
  }

  private static long bootNanos(ProcessMessage message) {
    return message.monotonicNanos() + (Kernel.bootNanos() - Kernel.monotonicNanos());
  }
}
