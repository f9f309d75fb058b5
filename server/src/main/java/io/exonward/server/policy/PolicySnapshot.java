package io.exonward.server.policy;

import io.exonward.common.policy.CompactBaseline;
import io.exonward.common.policy.Policy;

/**
 * A group's policy as agents get it.
 *
 * @param policy with the rules that have not expired
 * @param baseline the policy's baseline, incomplete where it is not all there
 */
public record PolicySnapshot(Policy policy, CompactBaseline baseline) {}
