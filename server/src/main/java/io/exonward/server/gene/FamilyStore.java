package io.exonward.server.gene;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps families and their samples. Every method takes part in the surrounding transaction. */
public interface FamilyStore {
  Optional<StoredFamily> find(String name);

  /** By name. */
  Page<StoredFamily> list(Family.@Nullable Kind kind, @Nullable String text, PageRequest page);

  /** Whether it was absent, and is there now. */
  boolean add(Family family, String createdBy, Instant now);

  /** Whether it was there. Its samples go with it. */
  boolean remove(String name);

  /** Whether the new name was free, or is the old one. */
  boolean change(String name, Family changed);

  /** Newest first. */
  Page<StoredSample> listSamples(String family, PageRequest page);

  /** Adds or replaces; the gene set must be there. */
  void addSample(String family, Sample sample, String addedBy, Instant now);

  /** Whether it was there. */
  boolean removeSample(String family, Sha256 sha256);

  Optional<StoredSample> findSample(String family, Sha256 sha256);

  /** All samples with verified gene sets of that definition. */
  List<FamilySample> listIndexable(int definition);

  /** Which change of families was the last; rises. */
  Generation generation();

  /** Counts a change of families. */
  void countChange();

  /** Has all code compared again that was compared before the last change. */
  void hunt();

  /**
   * How far families have changed.
   *
   * @param last number of the last change
   * @param hunted what was compared before this one is to be compared again
   */
  record Generation(long last, long hunted) {}
}
