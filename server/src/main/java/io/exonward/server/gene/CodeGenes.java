package io.exonward.server.gene;

import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the genes of one code object.
 *
 * @param claims hosts that said what its genes are
 * @param isDisputed they said different things
 * @param error of the newest request that failed, untrusted text; null if none did
 * @param lineage null until it was compared
 */
public record CodeGenes(
    Sha256 sha256,
    State state,
    int claims,
    boolean isDisputed,
    @Nullable String error,
    @Nullable Lineage lineage,
    Page<FunctionMatch> functions) {
  /** How far its analysis is. */
  public enum State {
    ANALYZED,
    /** Its genes are here, but were not compared with families yet. */
    COMPARING,
    /** A host works on it. */
    ASKED,
    /** For a host that can. */
    WAITING,
    /** Hosts say that it is no machine code. */
    WITHOUT_GENES,
    UNASKED
  }
}
