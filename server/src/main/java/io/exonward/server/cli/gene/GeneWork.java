package io.exonward.server.cli.gene;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.extract.Extraction;
import io.exonward.common.gene.extract.ExtractionLimits;
import io.exonward.common.gene.extract.GeneExtractor;
import io.exonward.common.hash.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes genes of all code in files, directories and packages, and does something with each gene
 * set: on all processors, with bounded memory.
 */
public final class GeneWork {
  private final GeneExtractor extractor = new GeneExtractor(ExtractionLimits.FRUGAL);
  private final Progress progress;
  private final Consumer<String> messages;

  /**
   * Code and what was made of its genes.
   *
   * @param name where it is, see {@link CodeFile#name}
   * @param version of its package; empty if it comes from none
   */
  public record Done<T>(String name, String version, Sha256 sha256, T result) {}

  /**
   * How it ended.
   *
   * @param files that had genes
   * @param gaps files that may be code and were not looked at
   */
  public record Summary(int files, int gaps) {}

  /** What became of one file: a result, or why there is none. */
  private sealed interface Outcome<T> {
    record Made<T>(Done<T> done, long bytes, boolean isComplete) implements Outcome<T> {}

    record LeftOut<T>(String name, Omission why, String detail) implements Outcome<T> {}
  }

  /**
   * @param messages to the operator
   */
  public GeneWork(Progress progress, Consumer<String> messages) {
    this.progress = progress;
    this.messages = messages;
  }

  /**
   * Works through everything at the paths.
   *
   * @param work on one gene set; runs on several threads
   * @param results in the order of the files, on this thread
   */
  public <T> Summary run(List<Path> paths, Function<GeneSet, T> work, Consumer<Done<T>> results) {
    Run<T> run = new Run<>(work, results);
    try (run.inOrder) {
      CodeWalk walk = new CodeWalk(run);
      paths.forEach(walk::walk);
      run.inOrder.finish();
    }
    run.omissions.report();
    return new Summary(run.files, run.omissions.gaps());
  }

  private final class Run<T> implements CodeSink {
    private final Omissions omissions = new Omissions(messages);
    private final Function<GeneSet, T> work;
    private final Consumer<Done<T>> results;
    private final InOrder<Outcome<T>> inOrder = new InOrder<>(this::accept);
    private int files;

    Run(Function<GeneSet, T> work, Consumer<Done<T>> results) {
      this.work = work;
      this.results = results;
    }

    @Override
    public void found(CodeFile file) {
      inOrder.submit(file.content().length, () -> outcome(file));
    }

    @Override
    public void leftOut(String name, Omission why, String detail) {
      omissions.count(name, why, detail);
    }

    private Outcome<T> outcome(CodeFile file) {
      return switch (extractor.extract(file.content())) {
        case Extraction.Extracted(GeneSet genes) ->
            new Outcome.Made<>(
                new Done<>(file.name(), file.version(), file.sha256(), work.apply(genes)),
                file.content().length,
                genes.isComplete());
        case Extraction.Rejected(Extraction.Reason reason) ->
            new Outcome.LeftOut<>(file.name(), omission(reason), "");
      };
    }

    private void accept(Outcome<T> outcome) {
      switch (outcome) {
        case Outcome.Made<T>(Done<T> done, long bytes, boolean isComplete) -> {
          files++;
          progress.done(bytes);
          if (!isComplete) {
            messages.accept(done.name() + ": too much code, only a part was looked at");
          }
          results.accept(done);
        }
        case Outcome.LeftOut<T>(String name, Omission why, String detail) ->
            omissions.count(name, why, detail);
      }
    }
  }

  private static Omission omission(Extraction.Reason reason) {
    return switch (reason) {
      case NOT_ELF -> Omission.NOT_CODE;
      case OTHER_ARCHITECTURE, NO_CODE -> Omission.NO_GENES;
      case MALFORMED -> Omission.MALFORMED;
      case TOO_LARGE -> Omission.TOO_LARGE;
    };
  }
}
