package io.exonward.server.ingest;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Code;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import io.exonward.common.wire.SequencedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as agents send them. */
final class Samples {
  static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  static final PackageRef BASH = new PackageRef("dpkg", "bash", "5.2-1", "amd64");

  private static final UUID BOOT = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final int REGULAR = 0100755; // man 7 inode
  private static final int WORLD_WRITABLE = 0100777;

  private Samples() {}

  static Sha256 hash(String content) {
    return Sha256.digest(content.getBytes(StandardCharsets.UTF_8));
  }

  static Code code(CodeOrigin origin, String content, @Nullable PackageRef owner) {
    return new Code(origin, new ContentHash.Known(hash(content)), file(REGULAR), owner);
  }

  static Event.Execution execution(String path, String content) {
    return execution(path, code(CodeOrigin.FILE, content, null), false);
  }

  static Event.Execution writableByAll(String path, String content) {
    ContentHash hash = new ContentHash.Known(hash(content));
    return execution(path, new Code(CodeOrigin.FILE, hash, file(WORLD_WRITABLE), null), false);
  }

  static Event.Execution unhashed(CodeOrigin origin, String path) {
    ContentHash missing = new ContentHash.Missing(HashAbsence.PROCESS_GONE);
    return execution(path, new Code(origin, missing, null, null), false);
  }

  static Event.Execution execution(String path, Code code, boolean isBackfill) {
    ProcessSummary parent =
        new ProcessSummary(new ProcessId(BOOT, 1, 1), "/usr/sbin/init", hash("init"), "init", null);
    return new Event.Execution(
        isBackfill,
        new ProcessId(BOOT, 4711, 42),
        new User(1000, 1000, "ada"),
        path,
        List.of(path, "--quiet", "ünï\"code"),
        false,
        "/home/ada",
        code,
        List.of(parent),
        null,
        null);
  }

  static Event.Repetition repetition(Event.Execution of, long count) {
    return new Event.Repetition(
        count,
        START,
        START,
        of.user(),
        of.executable(),
        of.code(),
        null,
        null,
        of.process(),
        of.ancestry(),
        List.of());
  }

  /** A process that loads or acts. */
  static ProcessSummary process(int pid, String executable, String commandLine) {
    return new ProcessSummary(
        new ProcessId(BOOT, pid, 7),
        executable,
        hash(executable),
        commandLine,
        new User(1000, 1000, "ada"));
  }

  static Event.CodeLoad load(CodeLoadKind kind, String path, Code code, ProcessSummary loader) {
    return new Event.CodeLoad(kind, loader, path, code, List.of(), null, null);
  }

  static Event.CodeLoad library(String path, String content) {
    return load(
        CodeLoadKind.LIBRARY,
        path,
        code(CodeOrigin.FILE, content, null),
        process(50, "/usr/bin/app", "app --serve"));
  }

  static Event.Action action(ActionKind kind, @Nullable ProcessSummary target) {
    return new Event.Action(
        kind,
        process(60, "/usr/bin/gdb", "gdb -p 61"),
        target,
        0x7f0000001000L,
        4096,
        5,
        "note",
        3,
        START,
        START,
        List.of(),
        null);
  }

  static Coverage coverage(SensorLevel level, Instant since) {
    return new Coverage(
        level,
        List.of(new Coverage.SensorStatus("ebpf", Coverage.SensorState.RUNNING, null, 7, 1)),
        level == SensorLevel.FULL ? List.of() : List.of("short-lived processes"),
        since);
  }

  private static FileIdentity file(int mode) {
    return new FileIdentity(8, 1, 99, 0, 4096, 1, 1, 0xEF53, mode, 0);
  }

  /** The events with rising sequences. */
  static List<SequencedEvent> from(long first, Event... events) {
    List<SequencedEvent> sequenced = new ArrayList<>();
    for (Event event : events) {
      sequenced.add(
          new SequencedEvent(first + sequenced.size(), new ObservedEvent(START, START, event)));
    }
    return sequenced;
  }
}
