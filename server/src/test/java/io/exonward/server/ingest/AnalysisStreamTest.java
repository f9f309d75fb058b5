package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.Sample;
import io.exonward.common.policy.Mode;
import io.exonward.common.wire.EventCodec;
import io.exonward.server.gene.CodeGenes;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.PageRequest;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AnalysisRequest;
import io.exonward.v1.AnalysisResult;
import io.exonward.v1.ClassificationKind;
import io.exonward.v1.Event;
import io.exonward.v1.ServerMessage;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers on the real stream. */
final class AnalysisStreamTest {
  private final TestServer server = new TestServer(Instant.now());
  private final SpoolingAgent known = server.agent(Mode.MONITOR);
  private final LiveAgents live = new LiveAgents(server.policies, server.counters, server.clock);

  @TempDir Path folder;

  private TestDirectory directory;
  private AgentPort port;

  @BeforeEach
  void open() throws Exception {
    directory = new TestDirectory(folder, server.hosts, server.clock);
    server.genes.lineages.changes().listen(it -> server.genes.lineages.tell(live, it));
    port =
        AgentPort.open(
            new Listener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory.serverKeys()),
            new AgentPort.Services(
                directory,
                server.intake,
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

  private TestAgent connect(String... capabilities) throws Exception {
    TestAgent agent =
        new TestAgent(port.port(), directory.issue(known.host.id()), directory.authorities());
    agent.send(
        AgentMessage.newBuilder()
            .setHello(TestAgent.hello().addAllCapabilities(List.of(capabilities)))
            .build());
    assertTrue(agent.next().hasWelcome());
    return agent;
  }

  private static void report(TestAgent agent) throws Exception {
    report(agent, 1);
  }

  /** Once it is acknowledged, what was sent before is handled. */
  private static void report(TestAgent agent, long sequence) throws Exception {
    var event = Samples.from(sequence, Samples.execution("/srv/x", "x")).getFirst();
    agent.sendEvents(
        Event.parseFrom(EventCodec.withSequence(EventCodec.encode(event.event()), sequence)));
    assertEquals(sequence, agent.nextAcknowledged());
  }

  private static AnalysisRequest nextRequest(TestAgent agent) throws InterruptedException {
    ServerMessage message = agent.next();
    while (!message.hasAnalysis()) {
      message = agent.next();
    }
    return message.getAnalysis();
  }

  private static AgentMessage part(long id, ByteString bytes, int part, int parts) {
    return AgentMessage.newBuilder()
        .setAnalysis(
            AnalysisResult.newBuilder().setId(id).setResult(bytes).setPart(part).setParts(parts))
        .build();
  }

  private CodeGenes codeGenes() {
    return server.genes.lineages.read(Samples.hash("x"), PageRequest.first(1));
  }

  @Test
  void request_answeredInParts_isClaimedAndTheVerdictComesBack() throws Exception {
    GeneSet bot = SampleGenes.program("bot");
    server.genes.families.create("mirai", Family.Kind.MALICIOUS, "ada");
    server.genes.families.addSample(
        "mirai", new Sample(Samples.hash("sample"), "", "a test"), bot, "ada");
    try (TestAgent agent = connect("hash", "genes")) {
      report(agent);
      server.genes.analyses.tick(live);
      AnalysisRequest request = nextRequest(agent);
      ByteString whole = ByteString.copyFrom(GeneSetCodec.encode(bot));

      agent.send(part(request.getId(), whole.substring(0, 1000), 0, 2));
      agent.send(part(request.getId(), whole.substring(1000), 1, 2));
      agent.send(part(request.getId(), whole, 0, 1));
      report(agent, 2);
      server.genes.compare(folder.resolve("index"));

      assertEquals("genes", request.getAnalysis());
      assertEquals(Samples.hash("x").toString(), hex(request.getSha256()));
      assertEquals(1, codeGenes().claims());
      assertEquals(1, server.genes.counters.unasked());
      ServerMessage message = agent.next();
      while (!message.hasClassifications()) {
        message = agent.next();
      }
      assertEquals(
          ClassificationKind.CLASSIFICATION_KIND_MALICIOUS,
          message.getClassifications().getItems(0).getKind());
    }
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void agent_thatCannotExtract_isNotAsked() throws Exception {
    try (TestAgent agent = connect("hash")) {
      report(agent);

      server.genes.analyses.tick(live);

      assertEquals(0, server.genes.counters.asked());
      assertEquals(CodeGenes.State.WAITING, codeGenes().state());
    }
  }

  @Test
  void answer_thatIsNoGeneSet_failsAndStreamGoesOn() throws Exception {
    try (TestAgent agent = connect("genes")) {
      report(agent);
      server.genes.analyses.tick(live);

      agent.send(part(nextRequest(agent).getId(), ByteString.copyFromUtf8("junk"), 0, 1));
      report(agent, 2);

      assertEquals(0, codeGenes().claims());
      assertTrue(String.valueOf(codeGenes().error()).startsWith("the genes cannot be read"));
    }
  }

  @Test
  void answer_partsOutOfOrder_endsTheStream() throws Exception {
    try (TestAgent agent = connect("genes")) {
      report(agent);
      server.genes.analyses.tick(live);

      agent.send(part(nextRequest(agent).getId(), ByteString.copyFromUtf8("x"), 1, 2));

      assertEquals(Status.Code.INVALID_ARGUMENT, agent.end().getCode());
      assertFalse(codeGenes().isDisputed());
    }
  }
}
