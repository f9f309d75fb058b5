package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.Selector;
import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Keys;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.Limits;
import io.exonward.server.ingest.TestDirectory.Credential;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.EpochStore;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.StoreUnavailableException;
import io.exonward.server.policy.NewRule;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AgentServiceGrpc;
import io.exonward.v1.Event;
import io.exonward.v1.Heartbeat;
import io.exonward.v1.Policy;
import io.exonward.v1.RenewRequest;
import io.exonward.v1.RenewResponse;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS on loopback, real certificates, a real database. */
final class AgentPortTest {
  private final TestServer server = new TestServer(Instant.now());
  private final SpoolingAgent known = server.agent(Mode.MONITOR);
  private final LiveAgents live = new LiveAgents(server.policies, server.counters, server.clock);
  private final AtomicBoolean isDatabaseAway = new AtomicBoolean();

  @TempDir Path folder;

  private TestDirectory directory;
  private Credential credential;
  private AgentPort port;

  @BeforeEach
  void open() throws Exception {
    directory = new TestDirectory(folder, server.hosts, server.clock);
    credential = directory.issue(known.host.id());
    EpochStore epochs =
        new ForwardingEpochStore(server.epochs) {
          @Override
          public void advance(UUID host, UUID epoch, long sequence) {
            if (isDatabaseAway.get()) {
              throw new StoreUnavailableException("away", new IllegalStateException());
            }
            super.advance(host, epoch, sequence);
          }
        };
    server.hosts.changes().listen(live::hostChanged);
    server.groups.changes().listen(live::policyChanged);
    port =
        AgentPort.open(
            new Listener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory.serverKeys()),
            new AgentPort.Services(
                directory,
                server.intake(epochs),
                server.hosts,
                server.policies,
                live,
                server.genes.analyses,
                server.counters,
                server.clock,
                "test"));
  }

  @AfterEach
  void close() {
    port.close();
    server.close();
  }

  @Test
  void connect_withoutCertificate_handshakeFails() throws Exception {
    try (TestAgent agent = new TestAgent(port.port(), null, directory.authorities())) {
      assertEquals(Status.Code.UNAVAILABLE, agent.end().getCode());
    }
  }

  @Test
  void connect_certificateOfAnotherAuthority_handshakeFails(@TempDir Path elsewhere)
      throws Exception {
    TestDirectory other = new TestDirectory(elsewhere, server.hosts, server.clock);
    Credential forged = other.issue(known.host.id());

    try (TestAgent agent = new TestAgent(port.port(), forged, directory.authorities())) {
      assertEquals(Status.Code.UNAVAILABLE, agent.end().getCode());
    }
  }

  @Test
  void connect_replacedIdentity_isRefused() throws Exception {
    directory.forget(credential);

    try (TestAgent agent = connect()) {
      assertEquals(Status.Code.PERMISSION_DENIED, agent.end().getCode());
    }
  }

  @Test
  void hello_otherProtocol_isRefusedWithOurRange() throws Exception {
    try (TestAgent agent = connect()) {
      agent.send(
          AgentMessage.newBuilder()
              .setHello(TestAgent.hello().setProtocolMin(7).setProtocolMax(9))
              .build());

      assertEquals(Status.Code.FAILED_PRECONDITION, agent.end().getCode());
      assertTrue(String.valueOf(agent.end().getDescription()).contains("1 to 1"));
    }
  }

  @Test
  void events_beforeHello_areRefused() throws Exception {
    try (TestAgent agent = connect()) {
      agent.sendEvents(execution(1, "/srv/x"));

      assertEquals(Status.Code.INVALID_ARGUMENT, agent.end().getCode());
    }
  }

  @Test
  void events_acknowledged_areStoredForTheCertificatesHost() throws Exception {
    SpoolingAgent bystander = server.agent(Mode.MONITOR);
    try (TestAgent agent = connect().greet()) {
      agent.sendEvents(execution(1, "/srv/x"), execution(2, "/srv/x"));

      assertEquals(2, agent.nextAcknowledged());
      // Seen through another connection: it is committed, not only written.
      assertEquals(2, countExecutions(known.host.id()));
      assertEquals(0, countExecutions(bystander.host.id()));
      assertEquals(known.host.machineId(), server.hosts.read(known.host.id()).host().machineId());
    }
  }

  @Test
  void events_databaseAway_noAcknowledgementAndRetryWorks() throws Exception {
    isDatabaseAway.set(true);
    try (TestAgent agent = connect().greet()) {
      agent.sendEvents(execution(1, "/srv/x"));

      assertEquals(Status.Code.UNAVAILABLE, agent.end().getCode());
      assertFalse(agent.hasReceivedAcknowledgement());
      assertEquals(0, countExecutions(known.host.id()));
    }

    isDatabaseAway.set(false);
    try (TestAgent agent = connect().greet()) {
      agent.sendEvents(execution(1, "/srv/x"));

      assertEquals(1, agent.nextAcknowledged());
    }
  }

  @Test
  void events_oneIsBroken_thoseBeforeAreKept() throws Exception {
    try (TestAgent agent = connect().greet()) {
      Event broken =
          execution(2, "/srv/y").toBuilder()
              .setExecution(
                  execution(2, "/srv/y").getExecution().toBuilder()
                      .setExecutable("/" + "a".repeat(5000)))
              .build();
      agent.sendEvents(execution(1, "/srv/x"), broken, execution(3, "/srv/z"));

      assertEquals(1, agent.nextAcknowledged());
      assertEquals(Status.Code.INVALID_ARGUMENT, agent.end().getCode());
      String why = String.valueOf(agent.end().getDescription());
      assertTrue(why.contains("executable") && why.contains("4096"), why);
      assertEquals(1, countExecutions(known.host.id()));
    }
  }

  @Test
  void message_overTheLimit_isToldSo() throws Exception {
    try (TestAgent agent = connect().greet()) {
      agent.sendEvents(padded(Limits.BATCH_BYTES + 1));

      assertEquals(Status.Code.INVALID_ARGUMENT, agent.end().getCode());
      assertTrue(String.valueOf(agent.end().getDescription()).contains("at most 1048576"));
    }
  }

  @Test
  void message_farOverTheLimit_isNeverRead() throws Exception {
    try (TestAgent agent = connect().greet()) {
      agent.sendEvents(padded(3 * Limits.BATCH_BYTES));

      assertFalse(agent.end().isOk());
      assertEquals(0, countExecutions(known.host.id()));
    }
  }

  @Test
  void ban_liveStream_isCutAtOnceAndStaysOut() throws Exception {
    try (TestAgent agent = connect().greet()) {
      server.hosts.ban(known.host.id(), "ada", "stolen");

      assertEquals(Status.Code.PERMISSION_DENIED, agent.end().getCode());
    }
    try (TestAgent again = connect()) {
      assertEquals(Status.Code.PERMISSION_DENIED, again.end().getCode());
    }
  }

  @Test
  void certificate_expiresDuringStream_isCutAndNewCallsFail() throws Exception {
    try (TestAgent agent = connect().greet()) {
      server.clock.advance(TestDirectory.LIFETIME.plusSeconds(1));
      live.cutExpired();

      assertEquals(Status.Code.UNAUTHENTICATED, agent.end().getCode());
      Throwable refusal =
          assertThrows(
              RuntimeException.class,
              () ->
                  AgentServiceGrpc.newBlockingStub(agent.channel())
                      .renew(RenewRequest.getDefaultInstance()));
      assertEquals(Status.Code.UNAUTHENTICATED, Status.fromThrowable(refusal).getCode());
    }
  }

  @Test
  void policy_ruleAdded_isPushed() throws Exception {
    try (TestAgent agent = connect().greet()) {
      long first = agent.nextPolicy().getVersion();

      server.rules.add(
          new NewRule(
              TestServer.GROUP,
              Effect.ALLOW,
              Selector.ofSha256(Samples.hash("x")),
              "test",
              "ada",
              null,
              null));

      Policy pushed = agent.nextPolicy();
      assertTrue(pushed.getVersion() > first);
      assertEquals(1, pushed.getRulesCount());
    }
  }

  @Test
  void handOver_twoStreamsOfOneAgent_bothWork() throws Exception {
    try (TestAgent old = connect().greet();
        TestAgent successor = connect().greet()) {
      old.sendEvents(execution(1, "/srv/x"));
      assertEquals(1, old.nextAcknowledged());
      successor.sendEvents(execution(1, "/srv/x"), execution(2, "/srv/x"));
      assertEquals(2, successor.nextAcknowledged());

      assertEquals(2, server.counters.streams());
      assertEquals(2, countExecutions(known.host.id()));
    }
  }

  @Test
  void connect_moreStreamsThanAnAgentNeeds_oldestIsCut() throws Exception {
    List<TestAgent> agents = new ArrayList<>();
    try {
      for (int i = 0; i <= LiveAgents.STREAMS_PER_AGENT; i++) {
        agents.add(connect().greet());
      }

      assertEquals(Status.Code.RESOURCE_EXHAUSTED, agents.getFirst().end().getCode());
      agents.getLast().sendEvents(execution(1, "/srv/x"));
      assertEquals(1, agents.getLast().nextAcknowledged());
    } finally {
      agents.forEach(TestAgent::close);
    }
  }

  @Test
  void heartbeat_keepsTheHostConnected() throws Exception {
    try (TestAgent agent = connect().greet()) {
      server.clock.advance(Duration.ofSeconds(14));
      agent.send(
          AgentMessage.newBuilder()
              .setHeartbeat(Heartbeat.newBuilder().setResidentBytes(77).setPolicyVersion(4))
              .build());
      agent.sendEvents(execution(1, "/srv/x"));
      assertEquals(1, agent.nextAcknowledged()); // so the heartbeat before it was handled
      server.clock.advance(Duration.ofSeconds(14));

      var detail = server.hosts.read(known.host.id());
      assertEquals(HostState.CONNECTED, detail.host().state());
      assertEquals(77L, detail.agent().residentBytes());
      assertEquals(4L, detail.agent().policyVersion());
    }
  }

  @Test
  void renew_givesACertificateForTheSameIdentity() throws Exception {
    try (TestAgent agent = connect().greet()) {
      byte[] request = CertificateRequest.create(Keys.generate(new SecureRandom()));

      RenewResponse response =
          AgentServiceGrpc.newBlockingStub(agent.channel())
              .renew(
                  RenewRequest.newBuilder()
                      .setCertificateRequest(ByteString.copyFrom(request))
                      .build());

      var leaf = Certificates.decode(response.getCertificateChain(0).toByteArray());
      assertEquals(known.host.id(), directory.findHost(leaf).orElseThrow().id());
    }
  }

  @Test
  void close_endsStreamsSoThatAgentsComeBack() throws Exception {
    try (TestAgent agent = connect().greet()) {
      port.close();

      assertEquals(Status.Code.UNAVAILABLE, agent.end().getCode());
    }
  }

  private TestAgent connect() throws Exception {
    return new TestAgent(port.port(), credential, directory.authorities());
  }

  private int countExecutions(UUID host) {
    return server.inventory.listExecutions(host, null, PageRequest.first(100)).items().size();
  }

  private static Event padded(int bytes) {
    UnknownFieldSet.Field padding =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFrom(new byte[bytes]))
            .build();
    return Event.newBuilder()
        .setSequence(1)
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, padding).build())
        .build();
  }

  private static Event execution(long sequence, String path) throws Exception {
    var event = Samples.from(sequence, Samples.execution(path, path)).getFirst();
    return Event.parseFrom(EventCodec.withSequence(EventCodec.encode(event.event()), sequence));
  }
}
