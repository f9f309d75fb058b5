package io.exonward.agent.analyze;

import io.exonward.agent.linux.Confinement;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.extract.Extraction;
import io.exonward.common.gene.extract.ExtractionLimits;
import io.exonward.common.gene.extract.GeneExtractor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The child that parses hostile code: reads a file from standard input and writes its gene set to
 * standard output. Before it reads anything it gives up every privilege; what it cannot give up is
 * a reason to end. Ends with a status of {@link #GENES} to {@link #FAILED}.
 */
public final class ExtractionMain {
  static final int GENES = 0;
  static final int NO_CODE = 10;
  static final int TOO_LARGE = 11;
  static final int FAILED = 12;

  static final int MAX_INPUT_BYTES = 48 << 20;

  /** At most a few megabytes of genes; more of a file than that is left out, and said so. */
  static final ExtractionLimits LIMITS =
      new ExtractionLimits(MAX_INPUT_BYTES, 4 << 20, 20_000, 700_000);

  private ExtractionMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    GeneExtractor extractor = new GeneExtractor(LIMITS);
    Rehearsal.perform(extractor);
    PrintStream out = System.out;
    Confinement.enter();
    byte[] file = System.in.readNBytes(MAX_INPUT_BYTES + 1);
    System.exit(answer(extractor.extract(file), out));
  }

  private static int answer(Extraction extraction, OutputStream out) throws IOException {
    return switch (extraction) {
      case Extraction.Extracted extracted -> {
        out.write(GeneSetCodec.encode(extracted.genes()));
        out.flush();
        yield GENES;
      }
      case Extraction.Rejected rejected ->
          rejected.reason() == Extraction.Reason.TOO_LARGE ? TOO_LARGE : NO_CODE;
    };
  }
}
