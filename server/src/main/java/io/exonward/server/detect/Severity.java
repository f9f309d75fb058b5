package io.exonward.server.detect;

/** How bad it would be, rising. */
public enum Severity {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
