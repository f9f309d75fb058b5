package io.exonward.server.gene;

import io.exonward.common.gene.GeneFormatException;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneSetCodec;

/** The exchange form of gene sets, within the limits of this server. */
public final class GeneForm {
  /** More than the largest program has; eight bytes each while they are compared. */
  private static final int MAX_GENES = 8_000_000;

  private GeneForm() {}

  static byte[] write(GeneSet genes) {
    return GeneSetCodec.encode(genes);
  }

  /**
   * Reads the form; input may be hostile.
   *
   * @throws IllegalArgumentException if it is no gene set, or has more genes than any should
   */
  public static GeneSet read(byte[] form) {
    try {
      return GeneSetCodec.decode(form, MAX_GENES);
    } catch (GeneFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
