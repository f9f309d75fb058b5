package io.exonward.common.gene.index;

import java.util.List;

/**
 * A function searched for, with the weights of its genes: log((functions + 1) / functions that have
 * it), the different ones of all segments. Owns its arrays.
 */
final class FunctionQuery {
  final StoredFunction function;

  /** Logarithm of the number of functions, plus one, of the index. */
  final double logFunctions;

  /** By feature and key. */
  final double[][] weights;

  /** Squared lengths of the vectors, by feature. */
  final double[] squares = new double[Feature.WEIGHED.length];

  /** Lengths of the vectors, by feature. */
  final double[] norms = new double[Feature.WEIGHED.length];

  /** Sum of the features' weights that the function has any gene of. */
  final double fullScore;

  /** By feature, key and segment: place in the table of the segment, or -1. */
  final long[][][] places;

  /** By feature and key: number of different functions. */
  final int[][] frequencies;

  FunctionQuery(StoredFunction function, List<Segment> segments, double logFunctions) {
    this.function = function;
    this.logFunctions = logFunctions;
    weights = new double[Feature.WEIGHED.length][];
    places = new long[Feature.WEIGHED.length][][];
    frequencies = new int[Feature.WEIGHED.length][];
    double full = 0;
    for (Feature feature : Feature.WEIGHED) {
      look(feature, segments);
      full += weights[feature.place].length == 0 ? 0 : feature.weight;
    }
    fullScore = full;
  }

  private void look(Feature feature, List<Segment> segments) {
    int type = feature.place;
    long[] keys = function.keys[type];
    weights[type] = new double[keys.length];
    places[type] = new long[keys.length][segments.size()];
    frequencies[type] = new int[keys.length];
    double square = 0;
    for (int i = 0; i < keys.length; i++) {
      for (int s = 0; s < segments.size(); s++) {
        Segment segment = segments.get(s);
        long place = segment.table(feature).find(keys[i]);
        places[type][i][s] = place;
        frequencies[type][i] += place < 0 ? 0 : segment.differentAt(feature, place);
      }
      double weight = logFunctions - Math.log(Math.max(1, frequencies[type][i]));
      weights[type][i] = Math.max(0, weight);
      square += weights[type][i] * weights[type][i];
    }
    squares[type] = square;
    norms[type] = Math.sqrt(square);
  }

  /** How much of the query's weight of one type another function shares, by both lengths. */
  static double cosine(double dot, double normA, double squaredNormB) {
    // lengths of stored functions are of single precision and some weeks old: never above 1
    return dot <= 0 || squaredNormB <= 0 ? 0 : Math.min(1, dot / (normA * Math.sqrt(squaredNormB)));
  }
}
