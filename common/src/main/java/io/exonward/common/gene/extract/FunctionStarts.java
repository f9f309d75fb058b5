package io.exonward.common.gene.extract;

import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.FunctionRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions as a file names them, by address, one for each start: unwind information and symbols
 * together. Where both know a start, the larger size and the name are kept.
 */
final class FunctionStarts {
  private FunctionStarts() {}

  static List<FunctionRange> of(ElfImage image) {
    List<FunctionRange> frames = image.frames();
    List<FunctionRange> symbols = image.symbols();
    List<FunctionRange> merged = new ArrayList<>(frames.size() + symbols.size());
    int f = 0;
    int s = 0;
    while (f < frames.size() || s < symbols.size()) {
      boolean isFrame =
          s == symbols.size()
              || (f < frames.size() && frames.get(f).address() <= symbols.get(s).address());
      add(merged, isFrame ? frames.get(f++) : symbols.get(s++));
    }
    return merged;
  }

  private static void add(List<FunctionRange> merged, FunctionRange range) {
    if (merged.isEmpty() || merged.getLast().address() != range.address()) {
      merged.add(range);
      return;
    }
    FunctionRange before = merged.removeLast();
    boolean isNamed = before.nameOffset() != FunctionRange.NO_NAME;
    merged.add(
        new FunctionRange(
            range.address(),
            Math.max(before.size(), range.size()),
            isNamed ? before.nameOffset() : range.nameOffset()));
  }
}
