package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.FunctionGenes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds functions of families that are like a given one. Not thread-safe; make one for each piece
 * of code.
 *
 * <p>Similarity is the cosine of the weighted genes, type by type, and its mean by the weights of
 * {@link Feature}, over the types that the searched function has. Two steps: functions that share a
 * rare gene are candidates, up to a number of postings; the best of them by those rare genes are
 * compared gene by gene. The first costs one look-up for each gene and segment, the second some
 * microseconds a candidate, so that no input costs more than a few milliseconds a function.
 *
 * <p>Functions that differ in addresses alone are found by their exact gene; then nothing else is
 * searched.
 */
public final class FunctionSearch {
  /** Code that is this similar is the same for the question whether it is common. */
  private static final double COMMON_SIMILARITY = 0.8; // laboratory: common-code removal

  /** Code of as many trusted or library families belongs to none of them. */
  static final int COMMON_FAMILIES = 4;

  private static final int COMMON_CANDIDATES = 40;

  // Five times as many of both found 0.1 % more of 20,000 functions, in four times the time.
  private static final int MAX_POSTINGS = 2_000;
  private static final int MAX_CANDIDATES = 48;

  private final List<Segment> segments;
  private final Origins origins;
  private final double logFunctions;
  private final Map<Long, Boolean> common = new HashMap<>();

  FunctionSearch(List<Segment> segments, Origins origins) {
    this.segments = segments;
    this.origins = origins;
    long functions = segments.stream().mapToLong(Segment::functions).sum();
    logFunctions = Math.log(functions + 1.0);
  }

  /** The most similar functions, the best first; all exact ones if there are any. */
  public List<FunctionHit> search(FunctionGenes function, int limit) {
    return search(StoredFunction.of(function, 0, 0), limit);
  }

  private List<FunctionHit> search(StoredFunction function, int limit) {
    FunctionQuery query = new FunctionQuery(function, segments, logFunctions);
    List<FunctionHit> exact = exact(query);
    return exact.isEmpty() ? similar(query, limit) : exact;
  }

  /**
   * Whether a function of a library, tool or malicious family says nothing because trusted code, or
   * four trusted or library families, have it as well. Code that malicious families alone have
   * stays theirs.
   */
  public boolean isCommon(FunctionHit hit) {
    return common.computeIfAbsent(hit.number(), this::isCommonFunction);
  }

  private boolean isCommonFunction(long number) {
    StoredFunction function = segments.get((int) (number >>> Integer.SIZE)).function((int) number);
    FunctionQuery query = new FunctionQuery(function, segments, logFunctions);
    Set<String> families = new HashSet<>();
    Set<String> all = new HashSet<>();
    List<FunctionHit> near = new ArrayList<>(exact(query));
    near.addAll(similar(query, COMMON_CANDIDATES));
    for (FunctionHit each : near) {
      if (each.similarity() >= COMMON_SIMILARITY) {
        all.add(each.family().name());
        switch (each.family().kind()) {
          case TRUSTED -> {
            return true;
          }
          case LIBRARY -> families.add(each.family().name());
          case TOOL, MALICIOUS -> {}
        }
      }
    }
    return families.size() >= COMMON_FAMILIES
        || (all.size() >= COMMON_FAMILIES && 2 * all.size() > origins.families());
  }

  private List<FunctionHit> exact(FunctionQuery query) {
    List<FunctionHit> hits = new ArrayList<>();
    long key = GeneTable.key(query.function.exact);
    for (int s = 0; s < segments.size(); s++) {
      long place = segments.get(s).table(Feature.EXACT).find(key);
      if (place < 0) {
        continue;
      }
      FunctionTable table = segments.get(s).functionTable();
      for (int function : segments.get(s).functions(Feature.EXACT, place)) {
        if (table.exact(function) == query.function.exact) {
          Candidate candidate = new Candidate(number(s, function));
          compare(query, candidate);
          candidate.similarity = 1;
          hit(candidate, true).ifPresent(hits::add);
        }
      }
    }
    return hits;
  }

  private List<FunctionHit> similar(FunctionQuery query, int limit) {
    return best(candidates(query).values().stream().toList(), MAX_CANDIDATES).stream()
        .map(candidate -> compare(query, candidate))
        .filter(candidate -> candidate.similarity > 0)
        .sorted(Candidate.BEST_FIRST)
        .flatMap(candidate -> hit(candidate, false).stream())
        .limit(limit)
        .toList();
  }

  private static List<Candidate> best(List<Candidate> all, int limit) {
    return all.stream().sorted(Candidate.BEST_FIRST).limit(limit).toList();
  }

  /** Functions that share rare genes; their similarity is that of these genes alone. */
  private Map<Long, Candidate> candidates(FunctionQuery query) {
    Map<Long, Candidate> found = new HashMap<>();
    int postings = 0;
    for (RareGene gene : rareGenes(query)) {
      for (int s = 0; s < segments.size() && postings < MAX_POSTINGS; s++) {
        long place = query.places[gene.feature.place][gene.index][s];
        if (place < 0) {
          continue;
        }
        double weight = query.weights[gene.feature.place][gene.index];
        int[] functions = segments.get(s).functions(gene.feature, place);
        postings += functions.length;
        for (int function : functions) {
          found.computeIfAbsent(number(s, function), Candidate::new).dots[gene.feature.place] +=
              weight * weight;
        }
      }
    }
    found.values().forEach(candidate -> score(query, candidate));
    return found;
  }

  private static List<RareGene> rareGenes(FunctionQuery query) {
    List<RareGene> genes = new ArrayList<>();
    for (Feature feature : Feature.WEIGHED) {
      int[] frequencies = query.frequencies[feature.place];
      for (int i = 0; i < frequencies.length; i++) {
        if (frequencies[i] > 0 && frequencies[i] <= Postings.MAX_DIFFERENT) {
          genes.add(new RareGene(feature, i, frequencies[i]));
        }
      }
    }
    genes.sort(Comparator.comparingInt(RareGene::frequency));
    return genes;
  }

  /** Compares all genes, also the frequent ones. */
  private Candidate compare(FunctionQuery query, Candidate candidate) {
    FunctionTable table = table(candidate.number);
    candidate.evidence = 0;
    for (Feature feature : Feature.WEIGHED) {
      int type = feature.place;
      long[] mine = query.function.keys[type];
      long[] theirs = mine.length == 0 ? mine : table.keys((int) candidate.number, feature);
      candidate.dots[type] = 0;
      for (int i = 0, j = 0; i < mine.length && j < theirs.length; ) {
        if (mine[i] == theirs[j]) {
          double weight = query.weights[type][i];
          candidate.dots[type] += weight * weight;
          candidate.evidence += feature.weight * weight;
          i++;
          j++;
        } else if (mine[i] < theirs[j]) {
          i++;
        } else {
          j++;
        }
      }
    }
    score(query, candidate);
    return candidate;
  }

  private void score(FunctionQuery query, Candidate candidate) {
    FunctionTable table = table(candidate.number);
    double score = 0;
    for (Feature feature : Feature.WEIGHED) {
      double dot = candidate.dots[feature.place];
      if (dot > 0) {
        double norm = table.squaredNorm((int) candidate.number, feature, logFunctions);
        score += feature.weight * FunctionQuery.cosine(dot, query.norms[feature.place], norm);
      }
    }
    candidate.similarity = query.fullScore == 0 ? 0 : score / query.fullScore;
  }

  private Optional<FunctionHit> hit(Candidate candidate, boolean isExact) {
    FunctionTable table = table(candidate.number);
    int function = (int) candidate.number;
    int[] alive = origins.alive(table.origins(function));
    if (alive.length == 0) {
      return Optional.empty();
    }
    FamilyVersion owner = origins.familyVersion(alive[0]);
    Family family = owner.family();
    return Optional.of(
        new FunctionHit(
            candidate.number,
            family,
            owner.version(),
            table.name(function),
            candidate.similarity,
            candidate.evidence,
            isExact));
  }

  private FunctionTable table(long number) {
    return segments.get((int) (number >>> Integer.SIZE)).functionTable();
  }

  private static long number(int segment, int function) {
    return (long) segment << Integer.SIZE | function;
  }

  private record RareGene(Feature feature, int index, int frequency) {}

  /** A function that may be like the one searched for. */
  private static final class Candidate {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingDouble((Candidate each) -> -each.similarity)
            .thenComparingLong(each -> each.number);

    final long number;
    final double[] dots = new double[Feature.WEIGHED.length];
    double similarity;
    double evidence;

    Candidate(long number) {
      this.number = number;
    }
  }
}
