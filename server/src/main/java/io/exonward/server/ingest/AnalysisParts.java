package io.exonward.server.ingest;

import com.google.protobuf.ByteString;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.wire.WireException;
import io.exonward.server.gene.AnalysisAnswer;
import io.exonward.server.gene.GeneForm;
import io.exonward.v1.AnalysisResult;
import java.util.Optional;

/**
 * Puts the parts of an agent's answer together, of one request at a time: the parts of another one
 * drop what is here. Used by one thread.
 */
final class AnalysisParts {
  // agent_service.proto, AnalysisResult
  private static final int PART_BYTES = 512 * 1024;
  private static final int PARTS = 32;
  private static final int ERROR_BYTES = 256;
  private static final String NOT_CODE = "not code";

  private long id;
  private int received;
  private ByteString bytes = ByteString.EMPTY;

  /**
   * Takes one part.
   *
   * @return the answer, once it is whole
   * @throws WireException if it breaks a limit, or is not the part that is due
   */
  Optional<AnalysisAnswer> add(AnalysisResult result) {
    if (result.getErrorBytes().size() > ERROR_BYTES) {
      throw new WireException("analysis.error: at most " + ERROR_BYTES + " bytes");
    }
    if (result.getResult().isEmpty()) {
      clear();
      return Optional.of(refusal(result.getError()));
    }
    int parts = Math.max(1, result.getParts());
    if (result.getResult().size() > PART_BYTES || parts > PARTS) {
      throw new WireException(
          "analysis: at most %d parts of %d bytes".formatted(PARTS, PART_BYTES));
    }
    if (result.getPart() == 0 || result.getId() != id) {
      clear();
      id = result.getId();
    }
    if (result.getPart() != received || received >= parts) {
      throw new WireException(
          "analysis.part: %d came, %d is due".formatted(result.getPart(), received));
    }
    bytes = bytes.concat(result.getResult());
    received++;
    return received == parts ? Optional.of(decode()) : Optional.empty();
  }

  private static AnalysisAnswer refusal(String error) {
    return error.startsWith(NOT_CODE)
        ? new AnalysisAnswer.WithoutGenes(error)
        : new AnalysisAnswer.Failed(error.isEmpty() ? "an empty answer" : error);
  }

  private AnalysisAnswer decode() {
    byte[] whole = bytes.toByteArray();
    clear();
    try {
      GeneSet genes = GeneForm.read(whole);
      return new AnalysisAnswer.Extracted(genes);
    } catch (IllegalArgumentException e) {
      return new AnalysisAnswer.Failed("the genes cannot be read: " + e.getMessage());
    }
  }

  private void clear() {
    id = 0;
    received = 0;
    bytes = ByteString.EMPTY;
  }
}
