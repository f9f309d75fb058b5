package io.exonward.common.policy;

/** What a host group's policy does with code that nothing speaks for. */
public enum Mode {
  /** Records it. */
  LEARN,
  /** Raises an alert. */
  MONITOR
}
