package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.Genes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts genes by who has them: one look-up for each gene and segment, and nothing else for a gene
 * that nobody has. A gene that several segments have leads from combination to combination of
 * lists; code has few different ones, so who they are is asked only once each. Not thread-safe.
 */
final class GeneGrouping {
  private final List<Segment> segments;
  private final Origins origins;
  private final Map<Long, Integer> steps = new HashMap<>();
  private final List<int[]> owners = new ArrayList<>();
  private long[] counts = new long[64];

  GeneGrouping(List<Segment> segments, Origins origins) {
    this.segments = segments;
    this.origins = origins;
    owners.add(new int[0]);
  }

  List<GeneGroup> group(GeneType type, Genes genes) {
    int size = genes.size();
    int[] combinations = new int[size];
    long base = 1;
    for (Segment segment : segments) {
      GeneTable table = segment.table(type);
      // segment by segment, so that neighbors in a table are read one after the other
      for (int i = 0; i < size; i++) {
        long place = table.find(GeneTable.key(genes.at(i)));
        if (place >= 0) {
          combinations[i] = step(combinations[i], segment, base, table.value(place));
        }
      }
      base += segment.lists();
    }
    for (int combination : combinations) {
      counts[combination]++;
    }
    return groups();
  }

  private int step(int from, Segment segment, long base, long list) {
    // lists of all segments have different numbers: below 2^32 together
    Integer known = steps.get((long) from << 32 | base + list);
    if (known == null) {
      int[] alive = origins.alive(segment.list(list));
      known = alive.length == 0 ? from : append(IntSets.union(owners.get(from), alive));
      steps.put((long) from << 32 | base + list, known);
    }
    return known;
  }

  private int append(int[] combination) {
    owners.add(combination);
    if (owners.size() > counts.length) {
      counts = Arrays.copyOf(counts, counts.length * 2);
    }
    return owners.size() - 1;
  }

  private List<GeneGroup> groups() {
    List<GeneGroup> groups = new ArrayList<>();
    for (int i = 0; i < owners.size(); i++) {
      List<FamilyVersion> names =
          Arrays.stream(owners.get(i)).mapToObj(origins::familyVersion).toList();
      groups.add(new GeneGroup(names, counts[i]));
    }
    return groups;
  }
}
