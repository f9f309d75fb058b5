package io.exonward.agent.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.exonward.agent.health.CoverageChanges;
import io.exonward.agent.health.SelfUsage;
import io.exonward.agent.spool.SpoolUsage;
import io.exonward.common.event.Coverage;
import io.exonward.common.wire.CoverageCodec;
import io.exonward.common.wire.HostFactsCodec;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AnalysisResult;
import io.exonward.v1.Goodbye;
import io.exonward.v1.Heartbeat;
import io.exonward.v1.Hello;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the agent says beside events. Owned by the stream's thread. */
final class Messages {
  private static final int PROTOCOL = 1;
  private static final int PART_BYTES = 512 << 10; // agent_service.proto

  /** Counts inside of the coverage are sent this often even when nothing else changed. */
  private static final int COVERAGE_EVERY = 12;

  private final StreamParts parts;
  private @Nullable Coverage sentCoverage;
  private int heartbeats;

  Messages(StreamParts parts) {
    this.parts = parts;
  }

  AgentMessage hello() {
    AgentFacts facts = parts.facts();
    Coverage coverage = facts.coverage();
    sentCoverage = coverage;
    return AgentMessage.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setProtocolMin(PROTOCOL)
                .setProtocolMax(PROTOCOL)
                .setAgentVersion(facts.version())
                .setEpoch(bytes(parts.spool().epoch()))
                .setOldestSequence(parts.spool().usage().oldestSequence())
                .setHost(HostFactsCodec.encode(facts.host()))
                .addAllCapabilities(
                    parts.analyst().isAvailable() ? List.of("hash", "genes") : List.of("hash"))
                .setCoverage(CoverageCodec.encode(coverage))
                .setPolicyVersion(facts.policyVersion()))
        .build();
  }

  AgentMessage heartbeat() {
    Instant now = parts.clock().instant();
    SpoolUsage spool = parts.spool().usage();
    SelfUsage usage = parts.facts().usage();
    Heartbeat.Builder heartbeat =
        Heartbeat.newBuilder()
            .setSentAt(
                Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
            .setSpoolEvents(spool.events())
            .setSpoolBytes(spool.bytes())
            .setResidentBytes(usage.residentBytes())
            .setCpuMillis(usage.cpuMillis())
            .setPolicyVersion(parts.facts().policyVersion());
    Coverage coverage = parts.facts().coverage();
    boolean isChanged = sentCoverage == null || !CoverageChanges.isSame(coverage, sentCoverage);
    if (isChanged || ++heartbeats % COVERAGE_EVERY == 0) {
      heartbeat.setCoverage(CoverageCodec.encode(coverage));
      sentCoverage = coverage;
    }
    return AgentMessage.newBuilder().setHeartbeat(heartbeat).build();
  }

  static AgentMessage refusal(long id, String why) {
    return AgentMessage.newBuilder()
        .setAnalysis(AnalysisResult.newBuilder().setId(id).setError(why))
        .build();
  }

  /** A gene set in parts that fit into messages, in order. */
  static List<AgentMessage> genes(long id, byte[] encoded) {
    int parts = Math.max(1, Math.ceilDiv(encoded.length, PART_BYTES));
    List<AgentMessage> messages = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      int start = part * PART_BYTES;
      int length = Math.min(PART_BYTES, encoded.length - start);
      messages.add(
          AgentMessage.newBuilder()
              .setAnalysis(
                  AnalysisResult.newBuilder()
                      .setId(id)
                      .setPart(part)
                      .setParts(parts)
                      .setResult(ByteString.copyFrom(encoded, start, length)))
              .build());
    }
    return messages;
  }

  AgentMessage goodbye() {
    return AgentMessage.newBuilder().setGoodbye(Goodbye.newBuilder().setReason("stopping")).build();
  }

  private static ByteString bytes(UUID id) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip());
  }
}
