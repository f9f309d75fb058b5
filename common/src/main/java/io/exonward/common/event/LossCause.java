package io.exonward.common.event;

/** Why events are missing. */
public enum LossCause {
  /** A newer agent named a cause that this server does not know. */
  NOT_STATED,
  /** The kernel's buffer was full. */
  KERNEL_BUFFER,
  /** A queue inside the agent was full. */
  AGENT_QUEUE,
  /** The spool was full; the oldest went. */
  SPOOL_FULL,
  /** The spool was damaged. */
  SPOOL_DAMAGED,
  /** The agent was not running. */
  AGENT_DOWN,
  /** A sensor failed. */
  SENSOR_FAILED,
  /** Detail that the agent left out to keep within its limits. */
  SHED
}
