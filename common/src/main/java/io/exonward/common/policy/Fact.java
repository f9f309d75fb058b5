package io.exonward.common.policy;

import org.jspecify.annotations.Nullable;

/** Something a decision depends on: known, known to be absent, or not known yet. */
public sealed interface Fact<T> {
  /** It is so. */
  record Known<T>(T value) implements Fact<T> {}

  /** There is none. */
  record Absent<T>() implements Fact<T> {}

  /** Nobody has looked yet, or nobody could. */
  record NotYetKnown<T>() implements Fact<T> {}

  /** Known if not null, otherwise absent. */
  static <T> Fact<T> ofNullable(@Nullable T value) {
    return value == null ? new Absent<>() : new Known<>(value);
  }
}
