package io.exonward.common.gene.extract;

import io.exonward.common.elf.ElfImage;
import io.exonward.common.elf.FunctionRange;
import io.exonward.common.elf.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts executable segments into functions, so that every byte is in one piece at most and nothing
 * is left out.
 *
 * <p>What the file says comes first: a function reaches from its start as far as its size says, or
 * to the next start. The gaps between, which are everything if the file says nothing, are swept: a
 * function starts where a direct call of the swept code leads, and where code goes on, aligned,
 * after an end and padding.
 */
final class Pieces {
  /** If the gaps are less than this part of the code, calls from outside of gaps are not read. */
  private static final int SMALL_GAPS = 4;

  /**
   * In code whose functions are known, what is between them and smaller is what compilers add to
   * every program to start and end it.
   */
  private static final int MIN_GAP_BYTES = 256;

  /** No function is larger: what says so is data, or hostile. Bounds the memory of reading one. */
  private static final int MAX_BYTES = 1 << 20;

  private final ElfImage image;
  private final Sweep sweep;
  private final Budget budget;
  private final List<FunctionRange> starts;
  private final List<Piece> pieces = new ArrayList<>();

  private Pieces(ElfImage image, byte[] file, Budget budget) {
    this.image = image;
    this.budget = budget;
    this.starts = FunctionStarts.of(image);
    this.sweep = new Sweep(image, file, budget);
  }

  /** By address. Ends early when the budget is used up. */
  static List<Piece> of(ElfImage image, byte[] file, Budget budget) {
    return new Pieces(image, file, budget).cut();
  }

  private List<Piece> cut() {
    List<Piece> gaps = new ArrayList<>();
    long code = 0;
    int next = 0;
    for (Segment segment : image.segments()) {
      if (segment.isExecutable()) {
        code += segment.size();
        next = cutKnown(segment, next, gaps);
      }
    }
    long inGaps = gaps.stream().mapToLong(Piece::bytes).sum();
    if (inGaps >= code / SMALL_GAPS) {
      pieces.forEach(sweep::read);
    } else {
      gaps.removeIf(gap -> gap.bytes() < MIN_GAP_BYTES);
    }
    gaps.forEach(sweep::read);
    sweep.sortStarts();
    for (Piece gap : gaps) {
      sweep.cut(gap, pieces);
    }
    pieces.sort((a, b) -> Long.compare(a.address(), b.address()));
    return pieces.stream().anyMatch(piece -> piece.bytes() > MAX_BYTES) ? split() : pieces;
  }

  /** Cuts what is too large. */
  private List<Piece> split() {
    List<Piece> split = new ArrayList<>();
    for (Piece piece : pieces) {
      Piece rest = piece;
      while (rest.bytes() > MAX_BYTES && budget.takeFunction()) {
        split.add(new Piece(rest.address(), rest.offset(), MAX_BYTES, rest.nameOffset()));
        rest =
            new Piece(
                rest.address() + MAX_BYTES,
                rest.offset() + MAX_BYTES,
                rest.bytes() - MAX_BYTES,
                FunctionRange.NO_NAME);
      }
      if (rest.bytes() <= MAX_BYTES) {
        split.add(rest);
      }
    }
    return split;
  }

  /** Returns the number of the first start after the segment. */
  private int cutKnown(Segment segment, int first, List<Piece> gaps) {
    int next = first;
    while (next < starts.size() && starts.get(next).address() < segment.address()) {
      next++;
    }
    long done = segment.address();
    while (next < starts.size() && segment.contains(starts.get(next).address())) {
      FunctionRange start = starts.get(next++);
      if (start.size() <= 0) {
        sweep.addStart(start);
        continue;
      }
      long limit = nextSized(segment, next);
      long end = Math.min(limit, start.address() + Math.min(start.size(), segment.size()));
      if (start.address() > done) {
        gaps.add(piece(segment, done, start.address(), FunctionRange.NO_NAME));
      }
      if (budget.takeFunction()) {
        pieces.add(piece(segment, start.address(), end, start.nameOffset()));
      }
      done = end;
    }
    if (done < segment.end()) {
      gaps.add(piece(segment, done, segment.end(), FunctionRange.NO_NAME));
    }
    return next;
  }

  /** Where the next function starts whose size is known; the segment's end if none does. */
  private long nextSized(Segment segment, int from) {
    for (int i = from; i < starts.size() && segment.contains(starts.get(i).address()); i++) {
      if (starts.get(i).size() > 0) {
        return starts.get(i).address();
      }
    }
    return segment.end();
  }

  private static Piece piece(Segment segment, long from, long to, int nameOffset) {
    return new Piece(from, segment.offsetOf(from), (int) (to - from), nameOffset);
  }
}
