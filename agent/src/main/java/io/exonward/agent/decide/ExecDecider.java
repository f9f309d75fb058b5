package io.exonward.agent.decide;

import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Decision;
import java.util.Optional;

/** Says whether code may run. Thread-safe, never blocks. */
@FunctionalInterface
public interface ExecDecider {
  /** The decision; empty without a policy. */
  Optional<Decision> decide(CodeFacts code);
}
