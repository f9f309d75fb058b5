package io.exonward.server.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.exonward.common.hash.Sha256;
import io.exonward.common.wire.Limits;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.Lineage;
import io.exonward.v1.Classification;
import io.exonward.v1.ClassificationKind;
import io.exonward.v1.Classifications;
import io.exonward.v1.ServerMessage;
import java.util.Collection;

/** What the server says to agents about the genes of code. */
final class LineageMessages {
  /** In one message. // agent_service.proto, Classifications */
  static final int MAX_ITEMS = 1000;

  private static final int REASON_BYTES = 256; // policy.proto, Classification
  private static final String GENES = "genes"; // agent_service.proto, AnalysisRequest

  private LineageMessages() {}

  static ServerMessage request(AnalysisRequest request) {
    return ServerMessage.newBuilder()
        .setAnalysis(
            io.exonward.v1.AnalysisRequest.newBuilder()
                .setId(request.id())
                .setSha256(bytes(request.sha256()))
                .setAnalysis(GENES)
                .setExpiresAt(
                    Timestamp.newBuilder().setSeconds(request.expiresAt().getEpochSecond())))
        .build();
  }

  static ServerMessage classifications(Collection<Lineage> lineages) {
    return ServerMessage.newBuilder()
        .setClassifications(
            Classifications.newBuilder()
                .addAllItems(lineages.stream().map(LineageMessages::classification).toList()))
        .build();
  }

  /** No agent trusts what fewer than three hosts say: then it is unknown to it. */
  private static Classification classification(Lineage lineage) {
    return Classification.newBuilder()
        .setSha256(bytes(lineage.sha256()))
        .setKind(kind(lineage))
        .setReason(Limits.truncate(lineage.reason(), REASON_BYTES))
        .build();
  }

  private static ClassificationKind kind(Lineage lineage) {
    return switch (lineage.classification()) {
      case TRUSTED ->
          lineage.isTrusted()
              ? ClassificationKind.CLASSIFICATION_KIND_TRUSTED
              : ClassificationKind.CLASSIFICATION_KIND_UNKNOWN;
      case MALICIOUS -> ClassificationKind.CLASSIFICATION_KIND_MALICIOUS;
      case SUSPICIOUS -> ClassificationKind.CLASSIFICATION_KIND_SUSPICIOUS;
      case UNKNOWN -> ClassificationKind.CLASSIFICATION_KIND_UNKNOWN;
    };
  }

  private static ByteString bytes(Sha256 sha256) {
    return ByteString.copyFrom(sha256.toBytes());
  }
}
