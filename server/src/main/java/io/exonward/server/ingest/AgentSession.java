package io.exonward.server.ingest;

import io.exonward.common.event.Coverage;
import io.exonward.common.wire.CoverageCodec;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.HostFactsCodec;
import io.exonward.common.wire.Limits;
import io.exonward.common.wire.SequencedEvent;
import io.exonward.common.wire.WireException;
import io.exonward.server.gene.Analyses;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.policy.PolicySnapshot;
import io.exonward.server.policy.PolicySnapshots;
import io.exonward.v1.Acknowledgement;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AnalysisResult;
import io.exonward.v1.Event;
import io.exonward.v1.EventBatch;
import io.exonward.v1.Heartbeat;
import io.exonward.v1.Hello;
import io.exonward.v1.ServerMessage;
import io.exonward.v1.Welcome;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of one agent's stream: one message at a time, each handled before the next is
 * read. gRPC never calls it twice at once.
 */
final class AgentSession implements StreamObserver<AgentMessage> {
  private static final int HEARTBEAT_MILLIS = 5000;
  private static final Duration HEARD_PRECISION = Duration.ofSeconds(2);

  private final AgentStream stream;
  private final Intake intake;
  private final Hosts hosts;
  private final PolicySnapshots policies;
  private final Analyses analyses;
  private final Clock clock;
  private final String serverVersion;
  private final AnalysisParts parts = new AnalysisParts();

  private @Nullable UUID epoch;
  private Instant heardAt = Instant.EPOCH;
  private @Nullable Coverage coverage;

  AgentSession(
      AgentStream stream,
      Intake intake,
      Hosts hosts,
      PolicySnapshots policies,
      Analyses analyses,
      Clock clock,
      String serverVersion) {
    this.stream = stream;
    this.intake = intake;
    this.hosts = hosts;
    this.policies = policies;
    this.analyses = analyses;
    this.clock = clock;
    this.serverVersion = serverVersion;
  }

  @Override
  public void onNext(AgentMessage message) {
    if (message.getSerializedSize() > Limits.BATCH_BYTES) {
      throw new WireException(
          "message: " + message.getSerializedSize() + " bytes, at most " + Limits.BATCH_BYTES);
    }
    switch (message.getKindCase()) {
      case HELLO -> hello(message.getHello());
      case EVENTS -> events(message.getEvents());
      case HEARTBEAT -> heartbeat(message.getHeartbeat());
      case GOODBYE -> requireEpoch();
      case ANALYSIS -> analysis(message.getAnalysis());
      // A newer agent says something that can be left out.
      case KIND_NOT_SET -> requireEpoch();
    }
    stream.readNext();
  }

  @Override
  public void onError(Throwable failure) {
    stream.closed();
  }

  @Override
  public void onCompleted() {
    stream.complete();
  }

  private void hello(Hello hello) {
    if (epoch != null) {
      throw new WireException("hello: comes once, as the first message");
    }
    UUID life = Hellos.check(hello);
    coverage = hello.hasCoverage() ? CoverageCodec.decode(hello.getCoverage()) : null;
    Agent agent = stream.agent();
    Instant now = clock.instant();
    intake.connect(
        agent.id(),
        new Connection(
            now,
            hello.hasHost() ? HostFactsCodec.decode(hello.getHost()) : null,
            coverage,
            hello.getAgentVersion(),
            Math.max(0, hello.getPolicyVersion()),
            agent.expiresAt()));
    epoch = life;
    heardAt = now;
    // Another version may be of the group that it was in before: then any of this one's is news.
    Optional<PolicySnapshot> policy =
        policies.readUnless(agent.host().group(), hello.getPolicyVersion());
    stream.welcome(
        welcome(agent, life),
        policy.isPresent() ? 0 : hello.getPolicyVersion(),
        hello.getCapabilitiesList().contains(Hellos.GENES));
    policy.ifPresent(stream::offer);
  }

  private ServerMessage welcome(Agent agent, UUID life) {
    return ServerMessage.newBuilder()
        .setWelcome(
            Welcome.newBuilder()
                .setProtocol(Hellos.PROTOCOL)
                .setAcknowledgedSequence(intake.acknowledged(agent.id(), life))
                .setServerVersion(serverVersion)
                .setGroup(agent.host().group())
                .setHeartbeatIntervalMillis(HEARTBEAT_MILLIS))
        .build();
  }

  /** What comes before a broken event is good and stored; the stream ends with the broken one. */
  private void events(EventBatch batch) {
    UUID life = requireEpoch();
    if (batch.getEventsCount() > Limits.BATCH_EVENTS) {
      throw new WireException(
          "events: " + batch.getEventsCount() + " events, at most " + Limits.BATCH_EVENTS);
    }
    List<SequencedEvent> good = new ArrayList<>(batch.getEventsCount());
    WireException broken = null;
    for (Event event : batch.getEventsList()) {
      try {
        good.add(EventCodec.decode(event));
      } catch (WireException e) {
        broken = e;
        break;
      }
    }
    if (!good.isEmpty()) {
      long stored = intake.take(stream.agent().id(), life, good);
      stream.answer(
          ServerMessage.newBuilder()
              .setAcknowledgement(Acknowledgement.newBuilder().setSequence(stored))
              .build());
    }
    if (broken != null) {
      throw broken;
    }
    heard(null);
  }

  private void heartbeat(Heartbeat heartbeat) {
    var _ = requireEpoch();
    if (heartbeat.hasCoverage()) {
      Coverage now = CoverageCodec.decode(heartbeat.getCoverage());
      if (!now.equals(coverage)) {
        coverage = now;
        intake.changeCoverage(stream.agent().id(), now);
      }
    }
    heard(
        new AgentFigures(
            Math.max(0, heartbeat.getResidentBytes()),
            Math.max(0, heartbeat.getCpuMillis()),
            Math.max(0, heartbeat.getSpoolEvents()),
            Math.max(0, heartbeat.getSpoolBytes()),
            Math.max(0, heartbeat.getPolicyVersion()),
            null));
  }

  /** What was not asked for is not even put together. */
  private void analysis(AnalysisResult result) {
    var _ = requireEpoch();
    if (!stream.asked().contains(result.getId())) {
      analyses.refuse();
      return;
    }
    parts
        .add(result)
        .ifPresent(answer -> {
          stream.asked().remove(result.getId());
          var _ = analyses.answer(stream.agent().id(), result.getId(), answer);
        });
    heard(null);
  }

  /** At most one write in two seconds, however much an agent sends. */
  private void heard(@Nullable AgentFigures figures) {
    Instant now = clock.instant();
    if (Duration.between(heardAt, now).compareTo(HEARD_PRECISION) >= 0) {
      heardAt = now;
      hosts.heard(stream.agent().id(), null, figures);
    }
  }

  private UUID requireEpoch() {
    if (epoch == null) {
      throw new WireException("hello: must be the first message");
    }
    return epoch;
  }
}
