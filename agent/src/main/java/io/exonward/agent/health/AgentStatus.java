package io.exonward.agent.health;

import io.exonward.agent.spool.SpoolUsage;
import io.exonward.common.event.Coverage;
import io.exonward.common.policy.Mode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code exon-agent status} shows.
 *
 * @param identity null before enrollment
 * @param policy null if the server has not sent one yet
 * @param counts by name
 * @param losses by cause
 */
public record AgentStatus(
    String version,
    Instant startedAt,
    @Nullable Identity identity,
    Connection connection,
    @Nullable PolicyState policy,
    Coverage coverage,
    SpoolUsage spool,
    SelfUsage usage,
    CpuGovernor.Usage cpu,
    int processes,
    Map<String, Long> counts,
    Map<String, Long> losses) {
  /**
   * Who the server knows this agent as.
   *
   * @param expiresAt end of its certificate
   */
  public record Identity(String agentId, Instant expiresAt) {}

  /**
   * @param version of the policy in force
   */
  public record PolicyState(String group, long version, Mode mode) {}

  /** What can be said of the way to the server. */
  public enum ConnectionState {
    CONNECTED,
    CONNECTING,
    /** Failed, will be tried again. */
    WAITING,
    /** The server does not want this agent. */
    REFUSED,
    /** The certificate ended while there was no connection: enroll again. */
    EXPIRED,
    NOT_ENROLLED,
    STOPPED
  }

  /**
   * @param detail the newest error; null if there is nothing to say
   * @param since when it became so
   */
  public record Connection(
      String server, ConnectionState state, @Nullable String detail, Instant since) {}
}
