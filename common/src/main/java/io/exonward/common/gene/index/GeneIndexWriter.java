package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Changes an index. There is one at a time, across processes. Not thread-safe. */
public final class GeneIndexWriter implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path directory;
  private final FileChannel lock;
  private final FamilyLedger families;
  private final SegmentSet segments;
  private Batch batch = new Batch();
  private int definition;

  private GeneIndexWriter(Path directory, FileChannel lock, Manifest manifest) throws IOException {
    this.directory = directory;
    this.lock = lock;
    families = new FamilyLedger(manifest);
    definition = manifest.definition();
    segments = new SegmentSet(directory, manifest);
  }

  /**
   * Opens the index in a directory for writing; makes directory and index if they are absent, and
   * removes what a writer left that was ended in the middle.
   *
   * @throws GeneIndexException if another process writes to it, or it is damaged
   */
  public static GeneIndexWriter open(Path directory) {
    FileChannel lock = null;
    try {
      Files.createDirectories(directory);
      lock = lock(directory);
      if (!Files.exists(directory.resolve(ManifestFile.NAME))) {
        ManifestFile.write(directory, Manifest.EMPTY);
      }
      GeneIndexWriter writer = new GeneIndexWriter(directory, lock, ManifestFile.read(directory));
      lock = null;
      return writer;
    } catch (IOException e) {
      throw new GeneIndexException(Problem.DISK, "cannot write to " + directory + ": " + e, e);
    } finally {
      closeLock(lock);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new GeneIndexException(
          Problem.BUSY, "this process writes to the index in " + directory + " already", e);
    } finally {
      if (held == null) {
        channel.close();
      }
    }
    if (held == null) {
      throw new GeneIndexException(
          Problem.BUSY, "another process writes to the index in " + directory);
    }
    return channel;
  }

  /**
   * Adds one sample to a family, which is made if it is absent. A sample that the family has
   * already changes nothing.
   *
   * @return whether it was new
   * @throws IllegalArgumentException if the family is there with another kind
   * @throws GeneIndexException if the genes are of another definition than the index
   */
  public boolean add(Family family, Sample sample, GeneSet genes) {
    if (definition != 0 && definition != genes.definition()) {
      throw new GeneIndexException(
          Problem.OTHER_DEFINITION,
          "index has genes of definition %d, not %d: build it anew"
              .formatted(definition, genes.definition()));
    }
    if (!families.add(family, sample)) {
      return false;
    }
    definition = genes.definition();
    int origin = families.origin(family.name(), sample.version());
    int number = families.number(family.name());
    for (GeneType type : SegmentSource.TYPES) {
      makeRoom();
      batch.add(
          origin,
          type,
          switch (type) {
            case STREAM -> genes.stream();
            case TRIPLE -> genes.triples();
            case STRING -> genes.strings();
            case FRAGMENT, CONSTANT, IMPORT, NEIGHBOR, EXACT ->
                throw new IllegalStateException("" + type);
          });
    }
    for (FunctionGenes function : genes.functions()) {
      makeRoom();
      batch.add(origin, number, function);
    }
    return true;
  }

  private void makeRoom() {
    if (batch.isFull()) {
      spill();
    }
  }

  private void spill() {
    if (!batch.isEmpty()) {
      try {
        segments.append(batch, families.origins());
      } catch (IOException e) {
        throw failed(e);
      }
      batch = new Batch();
    }
  }

  /** Removes a family with all its samples; returns whether it was there. */
  public boolean remove(String family) {
    return families.remove(family);
  }

  /**
   * Gives a family another name; returns whether it was there.
   *
   * @throws IllegalArgumentException if another family has the new name
   */
  public boolean rename(String from, String to) {
    return families.rename(from, to);
  }

  /**
   * Makes all changes since the last commit durable, and visible to whoever opens the index next.
   * Then merges segments, if there are many: that takes longer, but what was added is there
   * already.
   */
  public void commit() {
    spill();
    try {
      publish();
      if (segments.merge(families.origins())) {
        publish();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void publish() throws IOException {
    ManifestFile.write(directory, families.manifest(definition, segments));
    segments.deleteReplaced();
  }

  private GeneIndexException failed(IOException e) {
    return new GeneIndexException(Problem.DISK, "cannot write to " + directory + ": " + e, e);
  }

  /** Ends writing; what was not committed is forgotten. */
  @Override
  public void close() {
    segments.close();
    closeLock(lock);
  }

  private static void closeLock(@Nullable FileChannel lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new GeneIndexException(Problem.DISK, "cannot release the index: " + e, e);
      }
    }
  }
}
