package io.exonward.common.gene;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * All genes of one type that functions have. Functions name them by their place, which takes a
 * third of the bits: most genes are in several functions.
 */
final class GeneDictionary {
  private static final long BOUND = Genes.MAX + 1;

  private final long[] sorted;

  private GeneDictionary(long[] sorted) {
    this.sorted = sorted;
  }

  static GeneDictionary of(List<FunctionGenes> functions, Function<FunctionGenes, Genes> type) {
    return new GeneDictionary(
        functions.stream()
            .flatMapToLong(function -> type.apply(function).stream())
            .sorted()
            .distinct()
            .toArray());
  }

  static GeneDictionary read(BitReader in, int limit) throws GeneFormatException {
    return new GeneDictionary(SortedCode.read(in, BOUND, limit));
  }

  void write(BitWriter out) {
    SortedCode.write(out, sorted, sorted.length, BOUND);
  }

  int size() {
    return sorted.length;
  }

  void writeGenes(BitWriter out, Genes genes) {
    long[] places = genes.stream().map(gene -> Arrays.binarySearch(sorted, gene)).toArray();
    SortedCode.write(out, places, places.length, sorted.length);
  }

  /** Genes of a function; at most {@code limit}. */
  Genes readGenes(BitReader in, int limit) throws GeneFormatException {
    long[] places = SortedCode.read(in, sorted.length, Math.min(limit, sorted.length));
    return Genes.of(LongStream.of(places).map(place -> sorted[(int) place]).toArray());
  }
}
