package io.exonward.server.ingest;

import io.exonward.server.gene.AnalysisAgents;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.Lineage;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostState;
import io.exonward.server.policy.PolicySnapshot;
import io.exonward.server.policy.PolicySnapshots;
import io.grpc.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that are open now. An agent may have several while one takes over from another.
 * Thread-safe.
 */
public final class LiveAgents implements AnalysisAgents {
  private static final Logger LOG = LoggerFactory.getLogger(LiveAgents.class);

  /** An agent needs two while one takes over; each may hold megabytes of what is on its way. */
  static final int STREAMS_PER_AGENT = 8;

  private final PolicySnapshots policies;
  private final IngestCounters counters;
  private final Clock clock;
  private final Set<AgentStream> streams = ConcurrentHashMap.newKeySet();

  public LiveAgents(PolicySnapshots policies, IngestCounters counters, Clock clock) {
    this.policies = policies;
    this.counters = counters;
    this.clock = clock;
  }

  void add(AgentStream stream) {
    if (streams.add(stream)) {
      counters.addStreams(1);
    }
    cutOldest(stream.agent().id());
  }

  /** The oldest go: they are what a network that broke has left. */
  private void cutOldest(UUID agent) {
    Status status =
        Status.RESOURCE_EXHAUSTED.withDescription(
            "an agent has at most " + STREAMS_PER_AGENT + " streams");
    streamsOf(agent).skip(STREAMS_PER_AGENT).forEach(stream -> stream.cut(status));
  }

  void remove(AgentStream stream) {
    if (streams.remove(stream)) {
      counters.addStreams(-1);
    }
  }

  @Override
  public Set<UUID> able() {
    return streams.stream()
        .filter(AgentStream::isAble)
        .map(stream -> stream.agent().id())
        .collect(Collectors.toSet());
  }

  @Override
  public Set<UUID> connected() {
    return streams.stream().map(stream -> stream.agent().id()).collect(Collectors.toSet());
  }

  /** On the newest stream of the host. */
  @Override
  public boolean ask(AnalysisRequest request) {
    return streamsOf(request.host()).anyMatch(stream -> stream.ask(request));
  }

  @Override
  public void tell(UUID host, Lineage lineage) {
    streamsOf(host).findFirst().ifPresent(stream -> stream.tell(lineage));
  }

  /** The newest first. */
  private Stream<AgentStream> streamsOf(UUID agent) {
    return streams.stream()
        .filter(stream -> stream.agent().id().equals(agent))
        .sorted(Comparator.comparingLong(AgentStream::openedNanos).reversed());
  }

  /** To be told of every change of a host: cuts the streams of one that was banned. */
  public void hostChanged(Host host) {
    if (host.state() == HostState.BANNED) {
      cut(host.id(), "this agent is banned");
    }
  }

  /** Ends an agent's streams at once; it has to prove its identity anew. */
  public void cut(UUID agent, String reason) {
    cut(
        stream -> stream.agent().id().equals(agent),
        Status.PERMISSION_DENIED.withDescription(reason));
  }

  /** To be called every few seconds: ends streams whose certificate is not valid any more. */
  public void cutExpired() {
    Instant now = clock.instant();
    cut(
        stream -> now.isAfter(stream.agent().expiresAt()),
        Status.UNAUTHENTICATED.withDescription("the certificate has expired: renew it"));
  }

  /** Ends all streams because the server stops. */
  void drain() {
    cut(_ -> true, Status.UNAVAILABLE.withDescription("the server is stopping"));
  }

  private void cut(Predicate<AgentStream> condition, Status status) {
    streams.stream().filter(condition).forEach(stream -> stream.cut(status));
  }

  /**
   * To be told when a group's policy has a new version: sends it to the group's agents. Does not
   * block; an agent that is slow gets the newest when it is ready.
   */
  public void policyChanged(String group) {
    if (streams.stream().anyMatch(stream -> stream.follows(group))) {
      Thread.ofVirtual().name("policy-" + group).start(() -> push(group));
    }
  }

  private void push(String group) {
    try {
      PolicySnapshot policy = policies.read(group);
      streams.stream()
          .filter(stream -> stream.follows(group))
          .forEach(stream -> stream.offer(policy));
    } catch (RuntimeException e) {
      // Nothing is lost: agents get the policy with their next connection.
      LOG.atWarn().setCause(e).addKeyValue("group", group).log("a policy could not be sent");
    }
  }
}
