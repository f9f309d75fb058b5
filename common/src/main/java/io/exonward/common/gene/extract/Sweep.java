package io.exonward.common.gene.extract;

import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.FunctionRange;
import io.exonward.common.gene.decode.Decoder;
import io.exonward.common.gene.decode.Flow;
import io.exonward.common.gene.decode.Instruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds functions in code that no table speaks of. Used by one thread. */
final class Sweep {
  /** Compilers align functions so; less often they align what is within. */
  private static final int ALIGNMENT = 16;

  private final ElfImage image;
  private final byte[] file;
  private final Budget budget;
  private final Decoder decoder;
  private final Instruction instruction = new Instruction();
  private final Numbers starts = new Numbers();
  private final Map<Long, Integer> names = new HashMap<>();

  Sweep(ElfImage image, byte[] file, Budget budget) {
    this.image = image;
    this.file = file;
    this.budget = budget;
    this.decoder = Decoder.of(image.architecture());
  }

  /** A function whose end is not known. */
  void addStart(FunctionRange start) {
    starts.add(start.address());
    if (start.nameOffset() != FunctionRange.NO_NAME) {
      names.putIfAbsent(start.address(), start.nameOffset());
    }
  }

  /** Takes where direct calls lead, and where code goes on after an end. */
  void read(Piece piece) {
    int at = piece.offset();
    int end = at + piece.bytes();
    boolean isAfterEnd = false;
    boolean isAfterPadding = false;
    while (at < end && budget.takeInstruction()) {
      int length = decoder.decode(file, at, end, instruction);
      if (length == 0) {
        at += decoder.step();
        isAfterEnd = false;
        continue;
      }
      long address = piece.address() + (at - piece.offset());
      if (instruction.isPadding()) {
        isAfterPadding = true;
      } else {
        if (isAfterEnd && isAfterPadding && address % ALIGNMENT == 0) {
          starts.add(address);
        }
        isAfterEnd = instruction.flow().isEnd();
        isAfterPadding = false;
        takeCall(address);
      }
      at += length;
    }
  }

  private void takeCall(long address) {
    if (instruction.flow() == Flow.CALL) {
      long target = instruction.target(address);
      if (image.offsetOf(target) >= 0) {
        starts.add(target);
      }
    }
  }

  /** After everything was read, before anything is cut. */
  void sortStarts() {
    starts.dropDuplicates();
  }

  /** Adds the pieces of a gap. */
  void cut(Piece gap, List<Piece> pieces) {
    long from = gap.address();
    long end = from + gap.bytes();
    int next = starts.firstFrom(from + 1);
    while (from < end && budget.takeFunction()) {
      long to = next < starts.size() ? Math.min(end, starts.at(next)) : end;
      int offset = gap.offset() + (int) (from - gap.address());
      int name = names.getOrDefault(from, FunctionRange.NO_NAME);
      pieces.add(new Piece(from, offset, (int) (to - from), name));
      from = to;
      next++;
    }
  }
}
