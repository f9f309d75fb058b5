package io.exonward.server.ingest;

import io.exonward.common.event.Coverage;
import io.exonward.common.wire.CoverageCodec;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.HostFactsCodec;
import io.exonward.common.wire.Limits;
import io.exonward.common.wire.SequencedEvent;
import io.exonward.common.wire.WireException;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.policy.PolicySnapshot;
import io.exonward.server.policy.PolicySnapshots;
import io.exonward.v1.Acknowledgement;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.Event;
import io.exonward.v1.EventBatch;
import io.exonward.v1.Heartbeat;
import io.exonward.v1.Hello;
import io.exonward.v1.ServerMessage;
import io.exonward.v1.Welcome;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
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
  /** The one protocol version that this server speaks. */
  static final int PROTOCOL = 1;

  private static final int HEARTBEAT_MILLIS = 5000;
  private static final int VERSION_BYTES = 64; // agent_service.proto, Hello
  private static final int CAPABILITIES = 64;
  private static final int EPOCH_BYTES = 16;
  private static final Duration HEARD_PRECISION = Duration.ofSeconds(2);

  private final AgentStream stream;
  private final Intake intake;
  private final Hosts hosts;
  private final PolicySnapshots policies;
  private final Clock clock;
  private final String serverVersion;

  private @Nullable UUID epoch;
  private Instant heardAt = Instant.EPOCH;
  private @Nullable Coverage coverage;

  AgentSession(
      AgentStream stream,
      Intake intake,
      Hosts hosts,
      PolicySnapshots policies,
      Clock clock,
      String serverVersion) {
    this.stream = stream;
    this.intake = intake;
    this.hosts = hosts;
    this.policies = policies;
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
      // Nothing was asked for, or a newer agent says something that can be left out.
      case ANALYSIS, KIND_NOT_SET -> requireEpoch();
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
    negotiate(hello);
    UUID life = epochOf(hello);
    if (hello.getAgentVersionBytes().size() > VERSION_BYTES) {
      throw new WireException("hello.agent_version: at most " + VERSION_BYTES + " bytes");
    }
    if (hello.getCapabilitiesCount() > CAPABILITIES) {
      throw new WireException("hello.capabilities: at most " + CAPABILITIES + " entries");
    }
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
    stream.welcome(welcome(agent, life), policy.isPresent() ? 0 : hello.getPolicyVersion());
    policy.ifPresent(stream::offer);
  }

  private ServerMessage welcome(Agent agent, UUID life) {
    return ServerMessage.newBuilder()
        .setWelcome(
            Welcome.newBuilder()
                .setProtocol(PROTOCOL)
                .setAcknowledgedSequence(intake.acknowledged(agent.id(), life))
                .setServerVersion(serverVersion)
                .setGroup(agent.host().group())
                .setHeartbeatIntervalMillis(HEARTBEAT_MILLIS))
        .build();
  }

  private static void negotiate(Hello hello) {
    boolean isCommon = hello.getProtocolMin() <= PROTOCOL && PROTOCOL <= hello.getProtocolMax();
    if (!isCommon) {
      throw new ProtocolException(
          Status.FAILED_PRECONDITION.withDescription(
              "this server speaks protocol "
                  + PROTOCOL
                  + " to "
                  + PROTOCOL
                  + ", the agent "
                  + hello.getProtocolMin()
                  + " to "
                  + hello.getProtocolMax()));
    }
  }

  private static UUID epochOf(Hello hello) {
    if (hello.getEpoch().size() != EPOCH_BYTES) {
      throw new WireException(
          "hello.epoch: " + hello.getEpoch().size() + " bytes, must be " + EPOCH_BYTES);
    }
    ByteBuffer words = hello.getEpoch().asReadOnlyByteBuffer();
    return new UUID(words.getLong(), words.getLong());
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
