package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import java.util.List;

/**
 * A family that an index holds.
 *
 * @param samples in the order they were added
 */
public record IndexedFamily(Family family, List<Sample> samples) {
  public IndexedFamily {
    samples = List.copyOf(samples);
  }
}
