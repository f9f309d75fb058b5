package io.exonward.common.gene.match;

import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Genes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Compares two code objects. Functions that are exactly the same are paired first, in order of
 * their addresses, then the most similar ones by the share of fragments, constants, strings and
 * imports that two have in common (weights as for the search in an index). Functions are compared
 * only if they share a fragment that at most {@link #MAX_HOLDERS} functions of B have, so the cost
 * is that many comparisons for each gene of A at most. Used once.
 */
final class PairComparison {
  private static final int MAX_HOLDERS = 8;
  private static final double SPARSE_WEIGHT = 0.7; // of constants and imports, as in the index

  private final GeneSet a;
  private final GeneSet b;
  private final List<FunctionPair> pairs = new ArrayList<>();
  private final Set<FunctionGenes> pairedA = identitySet();
  private final Set<FunctionGenes> pairedB = identitySet();

  PairComparison(GeneSet a, GeneSet b) {
    this.a = a;
    this.b = b;
  }

  CodeComparison result() {
    pairExact();
    pairSimilar();
    pairs.sort(Comparator.comparingLong(FunctionPair::addressA));
    double code = mean(jaccard(a.stream(), b.stream()), jaccard(a.triples(), b.triples()));
    double strings = jaccard(a.strings(), b.strings());
    boolean hasStrings = a.strings().size() + b.strings().size() > 0;
    double all = hasStrings ? (2 * code + strings) / 3 : code;
    return new CodeComparison(
        all, code, contained(a.stream(), b.stream()), contained(b.stream(), a.stream()), pairs);
  }

  private static Set<FunctionGenes> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private double mean(double stream, double triples) {
    boolean hasTriples = a.triples().size() + b.triples().size() > 0;
    return hasTriples ? (stream + triples) / 2 : stream;
  }

  private static long common(Genes some, Genes others) {
    return some.stream().filter(others::contains).count();
  }

  private static double jaccard(Genes some, Genes others) {
    long common = common(some, others);
    long all = (long) some.size() + others.size() - common;
    return all == 0 ? 0 : common / (double) all;
  }

  private static double contained(Genes some, Genes others) {
    return some.size() == 0 ? 0 : common(some, others) / (double) some.size();
  }

  private static boolean isLargeEnough(FunctionGenes function) {
    return function.instructions() >= Thresholds.MIN_INSTRUCTIONS;
  }

  private void pairExact() {
    Map<Long, List<FunctionGenes>> byExact = holders(FunctionGenes::exact);
    for (FunctionGenes function : a.functions()) {
      List<FunctionGenes> same = byExact.getOrDefault(function.exact(), List.of());
      if (isLargeEnough(function) && !same.isEmpty()) {
        pair(function, same.removeFirst(), 1, true);
      }
    }
  }

  private Map<Long, List<FunctionGenes>> holders(ToLongFunction<FunctionGenes> key) {
    Map<Long, List<FunctionGenes>> holders = new HashMap<>();
    for (FunctionGenes function : b.functions()) {
      holders.computeIfAbsent(key.applyAsLong(function), none -> new ArrayList<>()).add(function);
    }
    return holders;
  }

  private void pairSimilar() {
    Map<Long, List<FunctionGenes>> byFragment = new HashMap<>();
    for (FunctionGenes function : b.functions()) {
      if (isLargeEnough(function) && !pairedB.contains(function)) {
        function.fragments().stream()
            .forEach(
                gene -> byFragment.computeIfAbsent(gene, none -> new ArrayList<>()).add(function));
      }
    }
    record Scored(FunctionGenes one, FunctionGenes other, double similarity) {}
    List<Scored> scored = new ArrayList<>();
    for (FunctionGenes function : a.functions()) {
      if (isLargeEnough(function) && !pairedA.contains(function)) {
        Set<FunctionGenes> near = identitySet();
        function.fragments().stream()
            .mapToObj(gene -> byFragment.getOrDefault(gene, List.of()))
            .filter(holders -> holders.size() <= MAX_HOLDERS)
            .forEach(near::addAll);
        near.forEach(other -> scored.add(new Scored(function, other, similarity(function, other))));
      }
    }
    scored.sort(
        Comparator.comparingDouble((Scored each) -> -each.similarity)
            .thenComparingLong(each -> each.one.address())
            .thenComparingLong(each -> each.other.address()));
    for (Scored each : scored) {
      if (each.similarity >= Thresholds.RELATED_FUNCTION
          && !pairedA.contains(each.one)
          && !pairedB.contains(each.other)) {
        pair(each.one, each.other, each.similarity, false);
      }
    }
  }

  private void pair(FunctionGenes one, FunctionGenes other, double similarity, boolean isExact) {
    pairedA.add(one);
    pairedB.add(other);
    pairs.add(
        new FunctionPair(
            one.address(), one.name(), other.address(), other.name(), similarity, isExact));
  }

  private static double similarity(FunctionGenes one, FunctionGenes other) {
    double score = 0;
    double full = 0;
    double[] weights = {1, SPARSE_WEIGHT, 1, SPARSE_WEIGHT};
    Genes[] mine = {one.fragments(), one.constants(), one.strings(), one.imports()};
    Genes[] theirs = {other.fragments(), other.constants(), other.strings(), other.imports()};
    for (int i = 0; i < weights.length; i++) {
      if (mine[i].size() + theirs[i].size() > 0) {
        full += weights[i];
        double norm = Math.sqrt((double) mine[i].size() * theirs[i].size());
        score += norm == 0 ? 0 : weights[i] * common(mine[i], theirs[i]) / norm;
      }
    }
    return full == 0 ? 0 : score / full;
  }
}
