package io.exonward.server.inventory;

/** Whether an agent is heard. */
public enum HostState {
  CONNECTED,
  /** Enrolled, but nothing was heard for {@link Hosts#SILENT_AFTER}, or never yet. */
  SILENT,
  /** Refused for good. */
  BANNED
}
