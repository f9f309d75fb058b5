package io.exonward.agent.stream;

/**
 * What the server wants from this agent. Called on the stream's thread: must not block for long.
 */
public interface ServerOrders {
  /** A policy, encoded as it came. */
  void policy(byte[] encoded);

  /**
   * This agent has another identity than before, perhaps in another group or of another server:
   * versions of the policy that it holds say nothing any more.
   */
  void enrolledAnew();

  /**
   * The server has more of this epoch than the spool: the spool is an old copy. Its epoch ends with
   * the next start, so the agent should start anew.
   */
  void spoolIsOutdated();
}
