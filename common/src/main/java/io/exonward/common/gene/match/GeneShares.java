package io.exonward.common.gene.match;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.Genes;
import io.exonward.common.gene.index.FamilyVersion;
import io.exonward.common.gene.index.GeneGroup;
import io.exonward.common.gene.index.GeneIndex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of code each family explains, by the genes of the whole: without function boundaries.
 * Used by one thread.
 *
 * <p>A gene weighs log((families + 1) / families that have it). By type (stream, triples, strings)
 * the share of a family is the weight of its genes in the code, divided by the weight of all genes
 * of the code plus a constant; the mean of the types is its share. Who may claim a gene:
 *
 * <ul>
 *   <li>that four trusted or library families have: nobody, and it is left out of the whole;
 *   <li>else trusted and library families that have it;
 *   <li>else tools; else malicious families, be they one or many.
 * </ul>
 *
 * <p>The whole of tools and malicious families is without the genes of trusted and library
 * families: a small foreign part of a known program stands out. One look-up for each gene and
 * segment.
 */
final class GeneShares {
  private static final List<GeneType> TYPES =
      List.of(GeneType.STREAM, GeneType.TRIPLE, GeneType.STRING);
  private static final int CODE_TYPES = 2;

  private static final double[] NOTHING = new double[TYPES.size()];

  private final double unknownWeight;
  private final int familyCount;
  private final double[] known = new double[TYPES.size()];
  private final double[] foreign = new double[TYPES.size()];
  private final Map<Family, double[]> families = new HashMap<>();
  private final Map<FamilyVersion, double[]> versions = new HashMap<>();
  private long streamGenes;
  private long novelStreamGenes;

  GeneShares(GeneIndex index, GeneSet code) {
    familyCount = index.families().size();
    unknownWeight = Math.log(familyCount + 1.0);
    for (int type = 0; type < TYPES.size(); type++) {
      Genes genes =
          switch (type) {
            case 0 -> code.stream();
            case 1 -> code.triples();
            default -> code.strings();
          };
      for (GeneGroup group : index.group(TYPES.get(type), genes)) {
        add(type, group);
      }
    }
  }

  private void add(int type, GeneGroup group) {
    Owners owners = Owners.of(group);
    if (type == 0) {
      streamGenes += group.genes();
      novelStreamGenes += owners.trusted == 0 ? group.genes() : 0;
    }
    if (owners.isCommon()) {
      return;
    }
    int different = owners.families.size();
    double weight =
        different == 0 ? unknownWeight : Math.max(0, Math.log((familyCount + 1.0) / different));
    double all = weight * group.genes();
    known[type] += all;
    foreign[type] += owners.trusted + owners.library == 0 ? all : 0;
    for (Family family : owners.families) {
      if (owners.mayClaim(family)) {
        families.computeIfAbsent(family, fresh -> new double[TYPES.size()])[type] += all;
      }
    }
    for (FamilyVersion version : group.owners()) {
      versions.computeIfAbsent(version, fresh -> new double[TYPES.size()])[type] += all;
    }
  }

  /** Share from which code is related to a family. */
  double relatedShare() {
    return Thresholds.relatedShare(familyCount);
  }

  /** Families that have any gene that they may claim. */
  Set<Family> families() {
    return families.keySet();
  }

  /** With strings, 0 to 1. */
  double share(Family family) {
    return mean(families.getOrDefault(family, NOTHING), family, TYPES.size());
  }

  double shareCodeOnly(Family family) {
    return mean(families.getOrDefault(family, NOTHING), family, CODE_TYPES);
  }

  /** The version that has most; empty if none is known. */
  String version(Family family) {
    String best = "";
    double most = 0;
    for (Map.Entry<FamilyVersion, double[]> each : versions.entrySet()) {
      if (each.getKey().family().equals(family)) {
        double share = mean(each.getValue(), family, TYPES.size());
        String version = each.getKey().version();
        if (share > most || (share == most && version.compareTo(best) > 0)) {
          most = share;
          best = version;
        }
      }
    }
    return best;
  }

  private double mean(double[] claimed, Family family, int types) {
    double[] whole =
        switch (family.kind()) {
          case TRUSTED, LIBRARY -> known;
          case TOOL, MALICIOUS -> foreign;
        };
    double sum = 0;
    for (int type = 0; type < types; type++) {
      double smoothing = type == 0 ? Thresholds.STREAM_SMOOTHING : Thresholds.SPARSE_SMOOTHING;
      sum += claimed[type] / (whole[type] + smoothing * unknownWeight);
    }
    return sum / types;
  }

  /** Part of the stream genes that no trusted family has, 0 to 1. */
  double novelPart() {
    return streamGenes == 0 ? 1 : novelStreamGenes / (double) streamGenes;
  }

  /** Who has the genes of a group. */
  private static final class Owners {
    private final Set<Family> families = new HashSet<>();
    private int trusted;
    private int library;
    private int tools;

    static Owners of(GeneGroup group) {
      Owners owners = new Owners();
      for (FamilyVersion owner : group.owners()) {
        if (owners.families.add(owner.family())) {
          switch (owner.family().kind()) {
            case TRUSTED -> owners.trusted++;
            case LIBRARY -> owners.library++;
            case TOOL -> owners.tools++;
            case MALICIOUS -> {}
          }
        }
      }
      return owners;
    }

    boolean isCommon() {
      return trusted + library >= Thresholds.COMMON_FAMILIES;
    }

    boolean mayClaim(Family family) {
      return switch (family.kind()) {
        case TRUSTED, LIBRARY -> true;
        case TOOL -> trusted + library == 0;
        case MALICIOUS -> trusted + library + tools == 0;
      };
    }
  }
}
