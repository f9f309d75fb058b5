package io.exonward.common.gene.index;

import java.util.Arrays;
import java.util.List;

/**
 * Gives the functions of several sources that some family still has one numbering, and the genes of
 * functions accordingly.
 */
final class FunctionMerge {
  private static final int GONE = -1;

  private final List<SegmentSource> sources;
  private final int[][] numbers;
  private final Origins origins;
  private final int count;
  private final long[] identities;
  private final long bodyBytes;

  FunctionMerge(List<SegmentSource> sources, Origins origins) {
    this.sources = sources;
    this.origins = origins;
    numbers = new int[sources.size()][];
    long[] found = new long[sources.stream().mapToInt(SegmentSource::functions).sum()];
    int next = 0;
    long bytes = 0;
    for (int i = 0; i < numbers.length; i++) {
      SegmentSource source = sources.get(i);
      numbers[i] = new int[source.functions()];
      for (int number = 0; number < numbers[i].length; number++) {
        StoredFunction function = read(i, number);
        numbers[i][number] = function.origins.length == 0 ? GONE : next;
        if (function.origins.length > 0) {
          found[next++] = function.identity;
          bytes += FunctionTable.bodyBytes(function);
        }
      }
    }
    count = next;
    identities = found;
    bodyBytes = bytes;
  }

  int count() {
    return count;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /** Number after the merge of a function of the source at {@code source}; -1 if it is gone. */
  int number(int source, int function) {
    return numbers[source][function];
  }

  /** A function of the source at {@code source}, with the origins that are left. */
  StoredFunction read(int source, int function) {
    StoredFunction read = sources.get(source).function(function);
    read.origins = origins.alive(read.origins);
    return read;
  }

  /** Genes of one type of all sources. */
  MergedGenes walk(Feature feature) {
    return new MergedGenes(sources.stream().map(source -> source.features(feature)).toList());
  }

  /** Functions of the gene that a walk is at. */
  Named named(MergedGenes walk) {
    int unnamed = 0;
    int[] functions = {};
    for (int i = 0; i < walk.width(); i++) {
      if (walk.isHere(i)) {
        int[] numbersOfSource = numbers[i];
        unnamed += walk.cursor(i).unnamed();
        int[] ids = Arrays.stream(walk.cursor(i).ids()).map(id -> numbersOfSource[id]).toArray();
        int[] here = Arrays.stream(ids).filter(id -> id != GONE).toArray();
        functions = functions.length == 0 ? here : IntSets.union(functions, here);
      }
    }
    int different =
        unnamed + (int) Arrays.stream(functions).mapToLong(id -> identities[id]).distinct().count();
    boolean isFrequent =
        unnamed > 0 || different > Postings.MAX_DIFFERENT || functions.length > Postings.MAX_NAMED;
    return new Named(different, isFrequent ? new int[0] : functions);
  }

  /** How many different functions have a gene, and which unless they are too many. */
  static final class Named {
    final int different;
    final int[] functions;

    Named(int different, int[] functions) {
      this.different = different;
      this.functions = functions;
    }
  }
}
