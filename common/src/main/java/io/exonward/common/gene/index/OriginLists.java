package io.exonward.common.gene.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The different lists of origins of a segment that is written. Not thread-safe. */
final class OriginLists {
  private final Map<Ids, Integer> numbers = new HashMap<>();
  private final List<int[]> lists = new ArrayList<>();
  private int origins;

  int count() {
    return lists.size();
  }

  /** Of all lists together. */
  int origins() {
    return origins;
  }

  /** Number of a list, the same for equal ones. The list must not be changed afterwards. */
  int number(int[] list) {
    return numbers.computeIfAbsent(
        new Ids(list),
        fresh -> {
          lists.add(list);
          origins = Math.addExact(origins, list.length);
          return lists.size() - 1;
        });
  }

  void write(SectionOutput ends, SectionOutput ids) throws IOException {
    int end = 0;
    for (int[] list : lists) {
      end += list.length;
      ends.putInt(end);
      for (int origin : list) {
        ids.putInt(origin);
      }
    }
  }

  /** An array that is equal by content. */
  private static final class Ids {
    private final int[] ids;

    Ids(int[] ids) {
      this.ids = ids;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ids that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }
}
