package io.exonward.common.gene.index;

import java.util.List;

/**
 * Genes that the same families have.
 *
 * @param owners who has them; empty for genes that nobody has. At most 64: of more, one of each
 *     family before any other
 * @param genes number of genes
 */
public record GeneGroup(List<FamilyVersion> owners, long genes) {
  public GeneGroup {
    owners = List.copyOf(owners);
  }
}
