package io.exonward.common.gene.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the list of origins of the genes that several cursors meet at: there are far fewer lists
 * than genes, so what a list of one cursor became is remembered. Not thread-safe.
 */
final class OriginDictionary {
  /**
   * Longest list. Of more origins one of each family is kept before any other, trusted ones first:
   * a gene of that many families says nothing, whichever they are.
   */
  static final int MAX_ORIGINS = 64;

  private static final int UNKNOWN = -2;
  private static final int NOBODY = -1;

  private final Origins origins;
  private final OriginLists lists;
  private final int[][] known;

  /** For merging of {@code width} cursors. */
  OriginDictionary(Origins origins, OriginLists lists, int width) {
    this.origins = origins;
    this.lists = lists;
    known = new int[width][0];
  }

  /** Number of the list of the gene that a walk is at; -1 if all its families were removed. */
  int number(MergedGenes walk) {
    int only = NOBODY;
    int @Nullable [] union = null;
    for (int i = 0; i < walk.width(); i++) {
      if (!walk.isHere(i)) {
        continue;
      }
      if (only == NOBODY && union == null) {
        only = i;
      } else {
        int[] before = union == null ? walk.cursor(only).ids() : union;
        union = IntSets.union(before, walk.cursor(i).ids());
        only = NOBODY;
      }
    }
    return union == null ? numberOf(walk.cursor(only), only) : number(union);
  }

  private int numberOf(GeneCursor cursor, int index) {
    int token = cursor.idsToken();
    if (token < 0) {
      return number(cursor.ids());
    }
    if (token >= known[index].length) {
      int before = known[index].length;
      known[index] = Arrays.copyOf(known[index], Math.max(token + 1, before * 2));
      Arrays.fill(known[index], before, known[index].length, UNKNOWN);
    }
    if (known[index][token] == UNKNOWN) {
      known[index][token] = number(cursor.ids());
    }
    return known[index][token];
  }

  private int number(int[] ids) {
    int[] alive = origins.alive(ids);
    if (alive.length == 0) {
      return NOBODY;
    }
    return lists.number(alive.length <= MAX_ORIGINS ? alive : shortened(alive));
  }

  private int[] shortened(int[] list) {
    Set<Integer> families = new HashSet<>();
    List<Integer> firsts = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    Arrays.stream(list)
        .boxed()
        .sorted(Comparator.comparing(each -> !origins.isTrusted(each)))
        .forEach(each -> (families.add(origins.familyOf(each)) ? firsts : others).add(each));
    firsts.addAll(others);
    return firsts.stream().limit(MAX_ORIGINS).mapToInt(Integer::intValue).sorted().toArray();
  }
}
