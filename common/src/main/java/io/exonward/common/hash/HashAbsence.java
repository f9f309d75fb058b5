package io.exonward.common.hash;

/** Why code has no hash. */
public enum HashAbsence {
  /** An agent newer than this server gave a reason that it does not know. */
  NOT_STATED,
  /** The process ended before its file could be read. */
  PROCESS_GONE,
  /** The filesystem could hang a reader (network, FUSE) and is not read. */
  FILESYSTEM_NOT_READ,
  /** Larger than the agent's limit. */
  TOO_LARGE,
  /** The file changed while it was read. */
  CHANGED,
  /** Reading failed or took too long. */
  READ_FAILED,
  /** New code came faster than the budget allows. */
  OVER_BUDGET
}
