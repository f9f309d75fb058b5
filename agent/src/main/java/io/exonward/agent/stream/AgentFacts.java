package io.exonward.agent.stream;

import io.exonward.agent.health.SelfUsage;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;

/** What the stream tells the server about this agent. Thread-safe, never blocks. */
public interface AgentFacts {
  /** Version of the agent. */
  String version();

  /** What the host says of itself. */
  HostFacts host();

  /** What the sensors see now. */
  Coverage coverage();

  /** What the agent uses now. */
  SelfUsage usage();

  /** Version of the policy in force; 0 without one. */
  long policyVersion();
}
