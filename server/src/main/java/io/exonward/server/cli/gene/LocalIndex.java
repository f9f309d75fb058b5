package io.exonward.server.cli.gene;

import io.exonward.common.gene.index.GeneIndex;
import io.exonward.common.gene.index.GeneIndexException;
import io.exonward.common.gene.index.GeneIndexWriter;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import java.nio.file.Path;
import java.util.function.Function;

/** The index of families in a directory; what is wrong with it ends the command. */
public final class LocalIndex {
  private final Path directory;

  public LocalIndex(Path directory) {
    this.directory = directory;
  }

  /** Reads something of what is committed. */
  public <T> T read(Function<GeneIndex, T> action) {
    try (GeneIndex index = GeneIndex.open(directory)) {
      return action.apply(index);
    } catch (GeneIndexException e) {
      throw failure(e);
    }
  }

  /** Changes something; commits if the action returns. */
  public <T> T change(Function<GeneIndexWriter, T> action) {
    try (GeneIndexWriter writer = GeneIndexWriter.open(directory)) {
      T result = action.apply(writer);
      writer.commit();
      return result;
    } catch (GeneIndexException e) {
      throw failure(e);
    }
  }

  private Failure failure(GeneIndexException e) {
    return switch (e.problem()) {
      case ABSENT ->
          new Failure(
              ExitCode.NOT_FOUND,
              "no index in " + directory + "; exonctl family add makes one: " + e.getMessage(),
              e);
      case BUSY, DAMAGED, OTHER_DEFINITION, FULL, DISK ->
          new Failure(ExitCode.REFUSED, "index in " + directory + ": " + e.getMessage(), e);
    };
  }
}
