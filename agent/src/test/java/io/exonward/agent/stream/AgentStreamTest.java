package io.exonward.agent.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.exonward.agent.health.AgentStatus.ConnectionState;
import io.exonward.agent.health.Counters;
import io.exonward.agent.health.SelfUsage;
import io.exonward.agent.spool.Priority;
import io.exonward.agent.spool.Spool;
import io.exonward.agent.spool.SpoolLimits;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event.Loss;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.tls.SecretFile;
import io.exonward.common.wire.EventCodec;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AnalysisRequest;
import io.exonward.v1.AnalysisResult;
import io.exonward.v1.Event;
import io.exonward.v1.Policy;
import io.exonward.v1.ResponseOrder;
import io.exonward.v1.ServerMessage;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentStreamTest {
  private static final Coverage COVERAGE =
      new Coverage(Coverage.SensorLevel.FULL, List.of(), List.of(), Instant.EPOCH);

  @TempDir Path directory;

  private final List<byte[]> policies = new CopyOnWriteArrayList<>();
  private final AtomicBoolean isOutdated = new AtomicBoolean();
  private final AtomicInteger enrollments = new AtomicInteger();
  private FakeServer server;
  private Spool spool;
  private IdentityStore identities;
  private @Nullable AgentStream stream;
  private Analyst analyst = Analyst.NOBODY;

  @BeforeEach
  void open() throws Exception {
    server = new FakeServer(true);
    spool =
        Spool.open(
            directory.resolve("spool"), SpoolLimits.ofBytes(64 << 20), InstantSource.system());
    identities = new IdentityStore(directory.resolve("identity"));
  }

  @AfterEach
  void close() throws Exception {
    if (stream != null) {
      stream.close();
    }
    spool.close();
    server.close();
  }

  @Test
  void start_eventsInSpool_arriveInOrderAndAreAcknowledged() throws Exception {
    append(2500);
    connect(fresh());

    await(() -> server.events.size() == 2500);
    append(10);
    await(() -> spool.usage().acknowledgedSequence() == 2510);

    assertEquals(LongStream.rangeClosed(1, 2510).boxed().toList(), server.sequences());
    assertEquals(0, server.copies.get());
    assertEquals(ConnectionState.CONNECTED, stream().connection().state());
    assertEquals(1, server.hellos.getFirst().getProtocolMax());
    assertEquals(16, server.hellos.getFirst().getEpoch().size());
  }

  @Test
  void stream_broken_reconnectsAndLosesNothing() throws Exception {
    append(10);
    connect(fresh());
    await(() -> spool.usage().acknowledgedSequence() == 10);

    server.breakStream(Status.UNAVAILABLE);
    append(10);
    await(() -> spool.usage().acknowledgedSequence() == 20);

    assertEquals(2, server.hellos.size());
    assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), server.sequences());
    assertEquals(0, server.copies.get());
  }

  @Test
  void stream_neverAcknowledged_sendsBoundedBatchesAndAllAgainLater() throws Exception {
    server.isAcknowledging = false;
    append(5000);
    connect(fresh());

    await(() -> server.events.size() == 2000);
    assertEquals(0, spool.usage().acknowledgedSequence());
    server.isAcknowledging = true;
    server.welcomeSequence = 0;
    server.breakStream(Status.UNAVAILABLE);

    await(() -> spool.usage().acknowledgedSequence() == 5000);
    assertEquals(5000, server.events.size());
  }

  @Test
  void certificate_halfLifeOver_isRenewedWithoutGapOrCopy() throws Exception {
    append(100);
    Instant now = Instant.now();
    Identity old = server.identity(now.minusSeconds(3000), now.plusSeconds(2000));
    connect(old);
    append(100);

    await(() -> server.renewals.get() == 1 && server.hellos.size() == 2);
    append(100);
    await(() -> spool.usage().acknowledgedSequence() == 300);

    assertEquals(LongStream.rangeClosed(1, 300).boxed().toList(), server.sequences());
    assertEquals(0, server.copies.get());
    Identity kept = identities.read().orElseThrow();
    assertNotEquals(old.key(), kept.key());
    assertEquals(old.agentId(), kept.agentId());
    await(() -> server.open.get() == 1);
  }

  @Test
  void event_unreadable_isALossInItsPlace() throws Exception {
    spool.append(Priority.URGENT, new byte[] {0x0a, 0x7f});
    connect(fresh());

    await(() -> spool.usage().acknowledgedSequence() == 1);
    append(1);
    await(() -> spool.usage().acknowledgedSequence() == 2);

    assertTrue(arrived(1).hasLoss());
    assertEquals(2, server.hellos.size(), "checked once the stream has ended over it");
  }

  @Test
  void event_overALimit_isALossInItsPlace() throws Exception {
    Event.Builder bad = Event.newBuilder();
    bad.getObservedAtBuilder().setSeconds(1);
    bad.getCoverageBuilder().setLevel("x".repeat(65));
    spool.append(Priority.URGENT, bad.build().toByteArray());
    append(1);
    connect(fresh());

    await(() -> spool.usage().acknowledgedSequence() == 2);

    assertTrue(arrived(1).hasLoss());
  }

  @Test
  void event_refusedTwice_isGivenUpSoThatTheOthersArrive() throws Exception {
    server.refusedSequence = 4;
    append(10);
    connect(fresh());

    await(() -> spool.usage().acknowledgedSequence() == 10);

    assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), server.sequences());
    assertEquals(
        io.exonward.v1.LossCause.LOSS_CAUSE_SPOOL_DAMAGED, arrived(4).getLoss().getCause());
    assertEquals(io.exonward.v1.LossCause.LOSS_CAUSE_AGENT_QUEUE, arrived(5).getLoss().getCause());
    assertEquals(3, server.hellos.size());
  }

  @Test
  void server_refuses_saysSoAndDoesNotHammer() throws Exception {
    server.refuseWith = Status.PERMISSION_DENIED.withDescription("banned");
    connect(fresh());

    await(() -> stream().connection().state() == ConnectionState.REFUSED);

    assertTrue(String.valueOf(stream().connection().detail()).contains("banned"));
    assertEquals(1, server.hellos.size());
  }

  @Test
  void start_certificateEnded_saysEnrollAgain() throws Exception {
    Instant now = Instant.now();
    connect(server.identity(now.minusSeconds(3000), now.minusSeconds(1)));

    await(() -> stream().connection().state() == ConnectionState.EXPIRED);

    assertTrue(String.valueOf(stream().connection().detail()).contains("enroll again"));
    assertTrue(server.hellos.isEmpty());
  }

  @Test
  void start_enrolledLater_connectsThen() throws Exception {
    start();
    await(() -> stream().connection().state() == ConnectionState.NOT_ENROLLED);

    identities.write(fresh());

    await(() -> stream().connection().state() == ConnectionState.CONNECTED);
  }

  @Test
  void start_identityDamaged_connectsOnceItIsReplaced() throws Exception {
    identities.write(fresh());
    SecretFile.write(
        directory.resolve("identity/agent.pem"),
        """
        id
        -----BEGIN PRIVATE KEY-----
        AAAA
        -----END PRIVATE KEY-----
        -----BEGIN CERTIFICATE-----
        AAAA
        -----END CERTIFICATE-----
        """
            .getBytes(StandardCharsets.US_ASCII));
    start();
    await(() -> stream().connection().state() == ConnectionState.NOT_ENROLLED);

    identities.write(fresh());

    await(() -> stream().connection().state() == ConnectionState.CONNECTED);
  }

  @Test
  void start_serverOfOtherAuthority_isNotTrusted() throws Exception {
    try (FakeServer other = new FakeServer(true)) {
      Identity theirs =
          other.identity(Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
      connect(theirs);

      await(() -> stream().connection().state() == ConnectionState.WAITING);

      assertTrue(server.hellos.isEmpty());
    }
  }

  @Test
  void identity_ofNewEnrollment_saysSoOnce() throws Exception {
    connect(fresh());
    await(() -> stream().connection().state() == ConnectionState.CONNECTED);
    server.breakStream(Status.UNAVAILABLE);
    await(() -> server.hellos.size() == 2);
    assertEquals(0, enrollments.get());

    identities.write(fresh());
    server.breakStream(Status.PERMISSION_DENIED.withDescription("replaced"));

    await(() -> enrollments.get() == 1);
  }

  @Test
  void server_orders_areTakenOrRefused() throws Exception {
    connect(fresh());
    await(() -> stream().connection().state() == ConnectionState.CONNECTED);
    server.send(ServerMessage.newBuilder().setPolicy(Policy.newBuilder().setVersion(7)).build());
    server.send(
        ServerMessage.newBuilder().setAnalysis(AnalysisRequest.newBuilder().setId(5)).build());
    server.send(ServerMessage.newBuilder().setResponse(ResponseOrder.getDefaultInstance()).build());

    await(() -> policies.size() == 1);
    await(() ->
        server.received.stream()
            .filter(AgentMessage::hasAnalysis)
            .anyMatch(m ->
                m.getAnalysis().getId() == 5
                    && m.getAnalysis().getError().contains("not supported")));
    await(() ->
        server.received.stream()
            .filter(AgentMessage::hasHeartbeat)
            .anyMatch(m -> m.getHeartbeat().getPolicyVersion() == 7));
    assertEquals(ConnectionState.CONNECTED, stream().connection().state());
  }

  /** Answers with as many bytes as no one message takes. */
  private static final class Laboratory implements Analyst {
    private final byte[] genes;

    Laboratory(byte[] genes) {
      this.genes = genes;
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public void analyze(Question question, Consumer<Answer> answer) {
      answer.accept(new Answer.Genes(genes));
    }
  }

  @Test
  void analysis_moreThanAMessage_isAnsweredInPartsInOrder() throws Exception {
    byte[] genes = new byte[(1 << 20) + 7];
    new SecureRandom().nextBytes(genes);
    analyst = new Laboratory(genes);
    connect(fresh());
    await(() -> !server.streams.isEmpty());

    server.send(
        ServerMessage.newBuilder()
            .setAnalysis(
                AnalysisRequest.newBuilder()
                    .setId(9)
                    .setAnalysis("genes")
                    .setSha256(ByteString.copyFrom(new byte[32]))
                    .setExpiresAt(Timestamp.newBuilder().setSeconds(4_000_000_000L)))
            .build());
    await(() -> analysisParts().size() == 3);

    assertEquals(List.of("hash", "genes"), server.hellos.getLast().getCapabilitiesList());
    ByteString joined = ByteString.EMPTY;
    for (int part = 0; part < 3; part++) {
      AnalysisResult result = analysisParts().get(part);
      assertEquals(9, result.getId());
      assertEquals(part, result.getPart());
      assertEquals(3, result.getParts());
      joined = joined.concat(result.getResult());
    }
    assertEquals(ByteString.copyFrom(genes), joined);
  }

  private List<AnalysisResult> analysisParts() {
    return server.received.stream()
        .filter(AgentMessage::hasAnalysis)
        .map(AgentMessage::getAnalysis)
        .toList();
  }

  @Test
  void server_hasMoreThanWasWritten_asksForNewEpoch() throws Exception {
    server.welcomeSequence = 1_000_000;
    connect(fresh());

    await(isOutdated::get);

    assertFalse(spool.acknowledge(1_000_000));
  }

  @Test
  void close_connected_saysGoodbyeAfterTheLastEvent() throws Exception {
    connect(fresh());
    await(() -> stream().connection().state() == ConnectionState.CONNECTED);
    append(50);

    long begin = System.nanoTime();
    stream().close();

    assertTrue(System.nanoTime() - begin < 1_500_000_000L);
    await(() -> server.received.stream().anyMatch(AgentMessage::hasGoodbye));
    assertEquals(50, server.events.size());
  }

  private Event arrived(long sequence) {
    return Objects.requireNonNull(server.events.get(sequence));
  }

  private Identity fresh() {
    return server.identity(Instant.now().minusSeconds(60), Instant.now().plusSeconds(36_000));
  }

  private void connect(Identity identity) throws Exception {
    identities.write(identity);
    start();
  }

  private void start() {
    stream =
        new AgentStream(
            new StreamParts(
                server.address(),
                identities,
                spool,
                new Facts(),
                new Orders(),
                analyst,
                new Counters(),
                InstantSource.system(),
                new SecureRandom()));
    stream.start();
  }

  private AgentStream stream() {
    if (stream == null) {
      throw new AssertionError("not started");
    }
    return stream;
  }

  private void append(int count) {
    Instant now = Instant.now();
    long last = 0;
    for (int i = 0; i < count; i++) {
      byte[] event =
          EventCodec.encode(
              new ObservedEvent(now, now, new Loss(LossCause.AGENT_QUEUE, now, now, i, null)));
      last = spool.append(i == count - 1 ? Priority.URGENT : Priority.NORMAL, event);
    }
    long wanted = last;
    await(() -> spool.usage().durableSequence() >= wanted);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 30 s");
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static final class Facts implements AgentFacts {
    @Override
    public String version() {
      return "test";
    }

    @Override
    public HostFacts host() {
      return new HostFacts(
          "h", null, null, null, null, null, null, null, 1, 0, null, List.of(), null);
    }

    @Override
    public Coverage coverage() {
      return COVERAGE;
    }

    @Override
    public SelfUsage usage() {
      return new SelfUsage(1, 1);
    }

    @Override
    public long policyVersion() {
      return 7;
    }
  }

  private final class Orders implements ServerOrders {
    @Override
    public void policy(byte[] encoded) {
      policies.add(encoded);
    }

    @Override
    public void enrolledAnew() {
      enrollments.incrementAndGet();
    }

    @Override
    public void spoolIsOutdated() {
      isOutdated.set(true);
    }
  }
}
