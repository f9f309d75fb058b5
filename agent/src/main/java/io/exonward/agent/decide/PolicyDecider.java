package io.exonward.agent.decide;

import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Evaluator;
import java.time.InstantSource;
import java.util.Optional;

/** Decides by the policy in force. */
public final class PolicyDecider implements ExecDecider {
  private final PolicySource policies;
  private final InstantSource clock;

  public PolicyDecider(PolicySource policies, InstantSource clock) {
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  public Optional<Decision> decide(CodeFacts code) {
    return policies.current().map(policy -> Evaluator.evaluate(policy, code, clock.instant()));
  }
}
