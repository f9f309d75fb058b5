package io.exonward.common.gene.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranks the functions of an index by how similar they are to one searched for. Not thread-safe.
 *
 * <p>Functions that share a rare gene are candidates, up to a number of postings; the best of them
 * by those genes are compared gene by gene, as long as what was not looked for could still lift one
 * above what was found.
 */
final class SimilarFunctions {
  // Five times as many of both found 0.1 % more of 20,000 functions, in four times the time.
  private static final int MAX_POSTINGS = 2_000;
  private static final int MAX_CANDIDATES = 48;
  private static final int MAX_MEASURED = 192;

  /** More than sums of some thousand products lose. */
  private static final double ROUNDING = 1e-6;

  private final List<Segment> segments;
  private final double logFunctions;
  private final CandidateSet candidates = new CandidateSet();

  SimilarFunctions(List<Segment> segments, double logFunctions) {
    this.segments = segments;
    this.logFunctions = logFunctions;
  }

  /**
   * The most similar functions, the best first.
   *
   * @param nearness part of the best one's similarity below which others are of no interest, 0 to 1
   */
  List<Candidate> rank(FunctionQuery query, double nearness) {
    double[] unscanned = collect(query);
    List<Candidate> found = new ArrayList<>(candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      found.add(candidate(query, i, unscanned));
    }
    found.sort(Candidate.MOST_FIRST);
    double best = 0;
    List<Candidate> compared = new ArrayList<>();
    for (Candidate candidate : found) {
      if (candidate.atMost < nearness * best) {
        break;
      }
      compare(query, candidate);
      best = Math.max(best, candidate.similarity);
      compared.add(candidate);
    }
    compared.sort(Candidate.BEST_FIRST);
    return compared;
  }

  /**
   * Functions that share rare genes; what they share says which are worth looking at. The lengths
   * of vectors lie far apart in the file, so they are read of the most promising ones alone.
   *
   * @return by feature the squared length of what was not looked for
   */
  private double[] collect(FunctionQuery query) {
    candidates.clear();
    double[] unscanned = query.squares.clone();
    int postings = 0;
    for (RareGene gene : rareGenes(query)) {
      int type = gene.feature.place;
      double square = query.weights[type][gene.index] * query.weights[type][gene.index];
      for (int s = 0; s < segments.size() && postings < MAX_POSTINGS; s++) {
        long place = query.places[type][gene.index][s];
        if (place >= 0) {
          int[] functions = segments.get(s).functions(gene.feature, place);
          postings += functions.length;
          for (int function : functions) {
            candidates.add(number(s, function), type, square);
          }
        }
      }
      unscanned[type] -= postings < MAX_POSTINGS ? square : 0;
    }
    for (int i = 0; i < candidates.size(); i++) {
      candidates.score(i, promise(query, i));
    }
    candidates.keepBest(MAX_MEASURED);
    for (int i = 0; i < candidates.size(); i++) {
      candidates.score(i, similarity(query, i));
    }
    candidates.keepBest(MAX_CANDIDATES);
    return unscanned;
  }

  /** How much of the searched function it has, without regard to what else it has. */
  private double promise(FunctionQuery query, int place) {
    double score = 0;
    for (Feature feature : Feature.WEIGHED) {
      double dot = candidates.dot(place, feature.place);
      if (dot > 0) {
        score += feature.weight * dot / (query.norms[feature.place] * query.norms[feature.place]);
      }
    }
    return score;
  }

  private double similarity(FunctionQuery query, int place) {
    double score = 0;
    for (Feature feature : Feature.WEIGHED) {
      score +=
          cosine(query, candidates.number(place), feature, candidates.dot(place, feature.place));
    }
    return score;
  }

  /** With the similarity that it has if all that was not looked for is in it as well. */
  private Candidate candidate(FunctionQuery query, int place, double[] unscanned) {
    Candidate candidate = new Candidate(candidates.number(place));
    for (Feature feature : Feature.WEIGHED) {
      double dot = candidates.dot(place, feature.place) + unscanned[feature.place];
      candidate.atMost += cosine(query, candidate.number, feature, dot + ROUNDING);
    }
    return candidate;
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
  Candidate compare(FunctionQuery query, Candidate candidate) {
    FunctionTable table = table(candidate.number);
    candidate.evidence = 0;
    candidate.similarity = 0;
    for (Feature feature : Feature.WEIGHED) {
      int type = feature.place;
      long[] mine = query.function.keys[type];
      long[] theirs = mine.length == 0 ? mine : table.keys((int) candidate.number, feature);
      double dot = 0;
      for (int i = 0, j = 0; i < mine.length && j < theirs.length; ) {
        if (mine[i] == theirs[j]) {
          double weight = query.weights[type][i];
          dot += weight * weight;
          candidate.evidence += feature.weight * weight;
          i++;
          j++;
        } else if (mine[i] < theirs[j]) {
          i++;
        } else {
          j++;
        }
      }
      candidate.similarity += cosine(query, candidate.number, feature, dot);
    }
    return candidate;
  }

  /** What a feature contributes to the similarity. */
  private double cosine(FunctionQuery query, long number, Feature feature, double dot) {
    double mine = query.norms[feature.place];
    if (dot <= 0 || mine == 0) {
      return 0;
    }
    double theirs = table(number).squaredNorm((int) number, feature, logFunctions);
    return feature.weight * FunctionQuery.cosine(dot, mine, theirs) / query.fullScore;
  }

  private FunctionTable table(long number) {
    return segments.get((int) (number >>> Integer.SIZE)).functionTable();
  }

  static long number(int segment, int function) {
    return (long) segment << Integer.SIZE | function;
  }

  private record RareGene(Feature feature, int index, int frequency) {}

  /** A function that may be like the one searched for. */
  static final class Candidate {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingDouble((Candidate each) -> -each.similarity)
            .thenComparingLong(each -> each.number);

    static final Comparator<Candidate> MOST_FIRST =
        Comparator.comparingDouble((Candidate each) -> -each.atMost)
            .thenComparingLong(each -> each.number);

    final long number;
    double atMost;
    double similarity;
    double evidence;

    Candidate(long number) {
      this.number = number;
    }
  }
}
