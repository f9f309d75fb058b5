package io.exonward.server.gene;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.index.GeneIndex;
import io.exonward.common.gene.index.GeneIndexException;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import io.exonward.common.gene.index.GeneIndexWriter;
import io.exonward.common.gene.index.IndexedFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of all samples, in files. It follows the store: what is missing is appended, families
 * that are not as they were go and come anew; if it is damaged, absent or of another definition, it
 * is built from the start. Not thread-safe.
 */
public final class SampleIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleIndex.class);

  private final Path directory;
  private final FamilyStore families;
  private final GeneSetStore geneSets;
  private @Nullable GeneIndex open;

  public SampleIndex(Path directory, FamilyStore families, GeneSetStore geneSets) {
    this.directory = directory;
    this.families = families;
    this.geneSets = geneSets;
  }

  /**
   * Brings it up to date and opens what is there now; what was returned before is closed.
   *
   * @throws GeneIndexException if the disk fails or another process writes to it
   */
  GeneIndex refresh() {
    close();
    try {
      return update();
    } catch (GeneIndexException e) {
      if (e.problem() != Problem.DAMAGED && e.problem() != Problem.OTHER_DEFINITION) {
        throw e;
      }
      LOG.atWarn().setCause(e).log("the gene index is built anew");
      clear();
      return update();
    }
  }

  private GeneIndex update() {
    Map<Family, Set<Sample>> wanted = new HashMap<>();
    families
        .listIndexable(GeneSet.DEFINITION)
        .forEach(it -> wanted.computeIfAbsent(it.family(), _ -> new HashSet<>()).add(it.sample()));
    List<IndexedFamily> present = readFamilies();
    try (GeneIndexWriter writer = GeneIndexWriter.open(directory)) {
      boolean isChanged = false;
      for (IndexedFamily family : present) {
        Set<Sample> samples = wanted.getOrDefault(family.family(), Set.of());
        if (samples.containsAll(family.samples())) {
          family.samples().forEach(samples::remove);
        } else {
          isChanged |= writer.remove(family.family().name());
        }
      }
      isChanged |= add(writer, wanted);
      if (isChanged) {
        writer.commit();
      }
    }
    GeneIndex opened = GeneIndex.open(directory);
    open = opened;
    return opened;
  }

  /** Empty if there is no index yet. */
  private List<IndexedFamily> readFamilies() {
    try (GeneIndex index = GeneIndex.open(directory)) {
      if (index.definition() == 0 || index.definition() == GeneSet.DEFINITION) {
        return index.families();
      }
    } catch (GeneIndexException e) {
      if (e.problem() == Problem.ABSENT) {
        return List.of();
      }
      throw e;
    }
    clear();
    return List.of();
  }

  /** In an order that does not depend on the database's. */
  private boolean add(GeneIndexWriter writer, Map<Family, Set<Sample>> wanted) {
    List<FamilySample> missing = new ArrayList<>();
    wanted.forEach((family, samples) ->
        samples.forEach(sample -> missing.add(new FamilySample(family, sample))));
    missing.sort(
        Comparator.comparing((FamilySample it) -> it.family().name())
            .thenComparing(it -> it.sample().sha256().toString()));
    boolean isChanged = false;
    for (FamilySample it : missing) {
      byte[] bytes = geneSets.readBytes(it.sample().sha256()).orElse(null);
      // It may have gone since the list was read; then another change is on its way.
      isChanged |= bytes != null && writer.add(it.family(), it.sample(), GeneForm.read(bytes));
    }
    return isChanged;
  }

  private void clear() {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    GeneIndex before = open;
    open = null;
    if (before != null) {
      before.close();
    }
  }
}
