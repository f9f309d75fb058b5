package io.exonward.server.detect;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import io.exonward.common.process.ProcessSummary;
import io.exonward.server.inventory.Host;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what processes do to memory. Thread-safe.
 *
 * <p>One thing is detected: a process changes the memory of one that runs another program. A
 * debugger does so too, and is reported: nobody can tell the two apart from outside. A process that
 * changes one of its own program, as runtimes with a tracing child do, is not; nor is one whose
 * target is not known. All other kinds are recorded only: they are what browsers, containers and
 * runtimes do all day.
 */
public final class ActionDetectors {
  private static final Set<ActionKind> CHANGES =
      EnumSet.of(
          ActionKind.PTRACE_WRITTEN, ActionKind.PROCESS_WRITTEN, ActionKind.PROCESS_MEMORY_OPENED);

  private ActionDetectors() {}

  /** What is wrong with an action; empty if nothing is. */
  public static Optional<Detection> detect(Host host, Event.Action action) {
    ProcessSummary target = action.target();
    if (!CHANGES.contains(action.kind()) || target == null || isSame(action.actor(), target)) {
      return Optional.empty();
    }
    DetectionKind kind = DetectionKind.MEMORY_CHANGED;
    String summary =
        "%s (pid %d) changed the memory of %s (pid %d): %s"
            .formatted(
                name(action.actor()),
                action.actor().process().pid(),
                name(target),
                target.process().pid(),
                action.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    return Optional.of(
        new Detection(
            kind,
            Subject.ofMemoryChange(action.actor()),
            "Memory of another process changed: by " + name(action.actor()),
            action.count(),
            new Evidence(
                action.lastAt(),
                host.id(),
                host.hostname(),
                kind,
                summary,
                new Exhibit.Acted(action))));
  }

  /** The same process, or the same program: by content where both are known. */
  private static boolean isSame(ProcessSummary actor, ProcessSummary target) {
    if (actor.process().equals(target.process())) {
      return true;
    }
    if (actor.sha256() != null && target.sha256() != null) {
      return actor.sha256().equals(target.sha256());
    }
    return actor.executable() != null && Objects.equals(actor.executable(), target.executable());
  }

  private static String name(ProcessSummary process) {
    return Objects.requireNonNullElse(process.executable(), "a program whose path is not known");
  }
}
