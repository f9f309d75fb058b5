package io.exonward.agent.stream;

import io.exonward.agent.health.Counters;
import io.exonward.agent.spool.Spool;
import io.exonward.common.config.HostPort;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a stream is made of.
 *
 * @param server its address for agents
 */
public record StreamParts(
    HostPort server,
    IdentityStore identities,
    Spool spool,
    AgentFacts facts,
    ServerOrders orders,
    Analyst analyst,
    Counters counters,
    InstantSource clock,
    RandomGenerator random) {}
