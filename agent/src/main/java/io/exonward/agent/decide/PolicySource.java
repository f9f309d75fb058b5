package io.exonward.agent.decide;

import io.exonward.common.policy.Policy;
import java.util.Optional;

/** Where the policy in force comes from. Thread-safe, never blocks. */
@FunctionalInterface
public interface PolicySource {
  /** The newest policy; empty if there has never been one. */
  Optional<Policy> current();
}
