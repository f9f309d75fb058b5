/**
 * What the policy says of an execution: the policy's copy on disk and the decision. Asks
 * common.policy, decides nothing by itself. May import common.
 */
@NullMarked
package io.exonward.agent.decide;

import org.jspecify.annotations.NullMarked;
