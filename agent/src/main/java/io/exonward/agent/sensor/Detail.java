package io.exonward.agent.sensor;

/** How much is told of executions that repeat what is known. Whatever is left out is counted. */
public enum Detail {
  /** The command line of each. */
  FULL,
  /** How many. */
  COUNTS,
  /** The same, and the kernel leaves out arguments and working directory of all executions. */
  BARE
}
