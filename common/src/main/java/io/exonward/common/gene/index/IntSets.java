package io.exonward.common.gene.index;

import java.util.Arrays;

/** Sets of numbers as ascending arrays, which are never changed. */
final class IntSets {
  private IntSets() {}

  static int[] with(int[] set, int one) {
    int place = Arrays.binarySearch(set, one);
    return place >= 0 ? set : union(set, new int[] {one});
  }

  static int[] union(int[] a, int[] b) {
    int[] both = new int[a.length + b.length];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      boolean takesA = j == b.length || (i < a.length && a[i] <= b[j]);
      int next = takesA ? a[i] : b[j];
      if (i < a.length && a[i] == next) {
        i++;
      }
      if (j < b.length && b[j] == next) {
        j++;
      }
      both[count++] = next;
    }
    return count == both.length ? both : Arrays.copyOf(both, count);
  }
}
