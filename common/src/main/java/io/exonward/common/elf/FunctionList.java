package io.exonward.common.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects functions, those outside of code left out, up to a limit. */
final class FunctionList {
  private final List<Segment> segments;
  private final int limit;
  private final List<FunctionRange> functions = new ArrayList<>();
  private boolean isComplete = true;

  FunctionList(List<Segment> segments, int limit) {
    this.segments = segments;
    this.limit = limit;
  }

  void add(long address, long size, int nameOffset) {
    Segment segment = Segment.containing(segments, address);
    if (segment == null || !segment.isExecutable()) {
      return;
    }
    if (functions.size() >= limit) {
      isComplete = false;
      return;
    }
    functions.add(new FunctionRange(address, Math.max(0, size), nameOffset));
  }

  /** Whether all found room. */
  boolean isComplete() {
    return isComplete;
  }

  boolean isEmpty() {
    return functions.isEmpty();
  }

  /** By address, then in the order of their coming. */
  List<FunctionRange> sorted() {
    functions.sort(Comparator.comparingLong(FunctionRange::address));
    return functions;
  }
}
