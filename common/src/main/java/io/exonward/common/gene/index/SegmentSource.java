package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import java.util.List;

/** What a segment is written from: new samples, or a segment. */
interface SegmentSource {
  /** The gene types that are found for a whole code object; ids are those of origins. */
  List<GeneType> TYPES = List.of(GeneType.STREAM, GeneType.TRIPLE, GeneType.STRING);

  /** Genes of one of {@link #TYPES} with the origins that have them. */
  GeneCursor genes(GeneType type);

  /** Genes of functions with the numbers of the functions that have them. */
  GeneCursor features(Feature feature);

  /** Number of functions. */
  int functions();

  /** The one at {@code number}, from 0 on. */
  StoredFunction function(int number);
}
