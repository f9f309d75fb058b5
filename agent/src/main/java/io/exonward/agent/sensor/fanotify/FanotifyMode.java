package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Fanotify;

/** How the kernel tells of files that are about to be executed. */
public enum FanotifyMode {
  /** It tells and goes on: nobody ever waits for us. */
  NOTIFY(Fanotify.Kind.NOTIFICATION, Fanotify.OPEN_EXEC),
  /** It asks, and the execution waits for the answer: hung if this process is stopped. */
  PERMISSION(Fanotify.Kind.CONTENT, Fanotify.OPEN_EXEC_PERM);

  private final Fanotify.Kind kind;
  private final long executed;

  FanotifyMode(Fanotify.Kind kind, long executed) {
    this.kind = kind;
    this.executed = executed;
  }

  Fanotify.Kind kind() {
    return kind;
  }

  /** The event of an execution. */
  long executed() {
    return executed;
  }
}
