package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.index.SimilarFunctions.Candidate;
import java.util.ArrayList;
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
 * {@link Feature}, over the types that the searched function has. One look-up for each gene and
 * segment, and a bounded number of candidates: no input costs more than a few milliseconds a
 * function.
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

  private final List<Segment> segments;
  private final Origins origins;
  private final double logFunctions;
  private final Map<Long, Boolean> common = new HashMap<>();
  private final SimilarFunctions similar;

  FunctionSearch(List<Segment> segments, Origins origins) {
    this.segments = segments;
    this.origins = origins;
    long functions = segments.stream().mapToLong(Segment::functions).sum();
    logFunctions = Math.log(functions + 1.0);
    similar = new SimilarFunctions(segments, logFunctions);
  }

  /**
   * The most similar functions, the best first; all exact ones if there are any.
   *
   * @param nearness part of the best one's similarity that others must have, 0 to 1
   */
  public List<FunctionHit> search(FunctionGenes function, int limit, double nearness) {
    return search(StoredFunction.of(function, 0, 0), limit, nearness);
  }

  private List<FunctionHit> search(StoredFunction function, int limit, double nearness) {
    FunctionQuery query = new FunctionQuery(function, segments, logFunctions);
    List<FunctionHit> exact = exact(query);
    return exact.isEmpty() ? hits(similar.rank(query, nearness), limit, nearness) : exact;
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
    near.addAll(hits(similar.rank(query, 0), COMMON_CANDIDATES, 0));
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
          Candidate candidate = new Candidate(SimilarFunctions.number(s, function));
          similar.compare(query, candidate);
          candidate.similarity = 1;
          hit(candidate, true).ifPresent(hits::add);
        }
      }
    }
    return hits;
  }

  private List<FunctionHit> hits(List<Candidate> compared, int limit, double nearness) {
    List<FunctionHit> hits = new ArrayList<>();
    for (Candidate candidate : compared) {
      boolean isNear =
          hits.isEmpty() || candidate.similarity >= nearness * hits.getFirst().similarity();
      if (!isNear || candidate.similarity == 0 || hits.size() == limit) {
        break;
      }
      hit(candidate, false).ifPresent(hits::add);
    }
    return hits;
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
}
