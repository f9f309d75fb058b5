package io.exonward.server.gene;

import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps what code is related to. Every method takes part in the surrounding transaction. */
public interface LineageStore {
  Optional<Lineage> find(Sha256 sha256);

  /** Code that was never compared is absent. */
  Map<Sha256, Lineage> findAll(Collection<Sha256> hashes);

  /**
   * Adds or replaces.
   *
   * @param functions all of the code, by address
   * @param generation of the families that it was compared with
   */
  void put(Lineage lineage, List<FunctionMatch> functions, long generation);

  /** By address. */
  Page<FunctionMatch> listFunctions(Sha256 sha256, PageRequest page);

  /** Has one code object compared again. */
  void expire(Sha256 sha256);

  /** Code to compare, what never was first. */
  List<StoredGeneSet> listDue(int definition, int limit);

  /** All but the size of the index, which is not kept here. */
  GeneFigures readFigures(int definition, IndexSize index);

  /** Those of {@code hosts} that executed or loaded the code. */
  Set<UUID> holders(Sha256 sha256, Set<UUID> hosts);
}
