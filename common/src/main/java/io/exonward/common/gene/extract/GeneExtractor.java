package io.exonward.common.gene.extract;

import io.exonward.common.elf.Architecture;
import io.exonward.common.elf.ElfFile;
import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.ElfReader;
import io.exonward.common.elf.Segment;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.extract.Extraction.Extracted;
import io.exonward.common.gene.extract.Extraction.Reason;
import io.exonward.common.gene.extract.Extraction.Rejected;

/** Makes genes of code. Immutable, hence safe for concurrent use. */
public final class GeneExtractor {
  private final ExtractionLimits limits;

  public GeneExtractor(ExtractionLimits limits) {
    this.limits = limits;
  }

  /** Of an ELF file: executable, shared object or relocatable object. */
  public Extraction extract(byte[] file) {
    if (file.length > limits.maxInputBytes()) {
      return new Rejected(Reason.TOO_LARGE);
    }
    return switch (ElfReader.read(file, limits.maxFunctions())) {
      case ElfFile.Mapped readable -> extract(readable.image(), file);
      case ElfFile.Unreadable unreadable ->
          new Rejected(
              switch (unreadable.reason()) {
                case NOT_ELF -> Reason.NOT_ELF;
                case OTHER_ARCHITECTURE -> Reason.OTHER_ARCHITECTURE;
                case MALFORMED -> Reason.MALFORMED;
              });
    };
  }

  /** Of memory that is mapped at {@code address}; all of it counts as code. */
  public Extraction extract(byte[] region, long address, Architecture architecture) {
    return region.length > limits.maxInputBytes()
        ? new Rejected(Reason.TOO_LARGE)
        : extract(ElfImage.ofRegion(region, address, architecture), region);
  }

  private Extraction extract(ElfImage image, byte[] bytes) {
    long codeBytes =
        image.segments().stream().filter(Segment::isExecutable).mapToLong(Segment::size).sum();
    if (codeBytes == 0) {
      return new Rejected(Reason.NO_CODE);
    }
    Budget budget = new Budget(limits);
    WholeGenes whole = new WholeGenes();
    FunctionReader reader = new FunctionReader(image, bytes, budget, whole);
    Neighborhood functions = new Neighborhood();
    int before = 0;
    for (Piece piece : Pieces.of(image, bytes, budget)) {
      FunctionGenes function = reader.read(piece);
      if (function != null) {
        functions.add(function, reader.callees());
        int own = genes(function);
        if (!budget.takeGenes(own + Math.max(0, whole.size() - before))) {
          break;
        }
        before = Math.max(before, whole.size());
      }
    }
    return new Extracted(
        whole.geneSet(
            image.architecture(),
            codeBytes,
            functions.withNeighbors(budget),
            image.isComplete() && !budget.isExceeded()));
  }

  private static int genes(FunctionGenes function) {
    return function.fragments().size()
        + function.constants().size()
        + function.strings().size()
        + function.imports().size();
  }
}
