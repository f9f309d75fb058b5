package io.exonward.server.alert;

import io.exonward.common.policy.Selector;

/** What allowing an alert's code would write. */
public sealed interface AllowProposal {
  /** The smallest rule that covers it. */
  record Possible(Selector selector) implements AllowProposal {}

  /**
   * No rule could cover it.
   *
   * @param reason why, and what to do instead
   */
  record Refused(String reason) implements AllowProposal {}
}
