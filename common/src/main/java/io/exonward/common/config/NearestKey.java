package io.exonward.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known key that somebody who mistyped probably meant. */
public final class NearestKey {
  private NearestKey() {}

  /** At most a third of the letters may differ. */
  public static Optional<String> find(String typed, Collection<String> known) {
    int limit = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(key -> Math.abs(key.length() - typed.length()) <= limit)
        .filter(key -> distance(typed, key) <= limit)
        .min(
            Comparator.<String>comparingInt(key -> distance(typed, key))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Optimal string alignment: insertions, deletions, replacements, swaps of neighbors. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
