package io.exonward.server.alert;

/** Where an alert stands. */
public enum AlertStatus {
  NEW,
  IN_PROGRESS,
  /** Muted by a suppression. */
  SUPPRESSED,
  RESOLVED
}
