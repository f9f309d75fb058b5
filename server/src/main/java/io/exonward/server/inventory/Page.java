package io.exonward.server.inventory;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next opaque, what to ask for the following part with; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page out of rows of which one more was read than asked for.
   *
   * @param rows at most {@code request.limit() + 1}
   * @param position where a row stands in the list's order
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> position) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, request.limit());
    return new Page<>(items, PageRequest.encode(position.apply(items.getLast())));
  }
}
