package io.exonward.common.elf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ELF file maps and what it says about its code. Addresses are the file's own. Immutable;
 * refers to the bytes that it was read from, which must not change.
 */
public final class ElfImage {
  private final FileBytes file;
  private final Facts facts;
  private final List<Segment> segments;
  private final Imports imports;
  private final List<FunctionRange> frames;
  private final List<FunctionRange> symbols;

  /**
   * What the header says.
   *
   * @param isFixed whether it is mapped where it says, so that numbers can be addresses
   * @param lowest address that is mapped, of the file's own
   * @param end address after the last one, zeros behind the file's bytes included
   * @param isComplete whether all functions that it names are listed
   */
  record Facts(
      Architecture architecture,
      boolean isFixed,
      long entry,
      long lowest,
      long end,
      boolean isComplete) {}

  ElfImage(
      FileBytes file,
      Facts facts,
      List<Segment> segments,
      Imports imports,
      List<FunctionRange> frames,
      List<FunctionRange> symbols) {
    this.file = file;
    this.facts = facts;
    this.segments = List.copyOf(segments);
    this.imports = imports;
    this.frames = frames;
    this.symbols = symbols;
  }

  /** Memory that is mapped at {@code address}, all of it executable. */
  public static ElfImage ofRegion(byte[] region, long address, Architecture architecture) {
    List<Segment> segments =
        region.length == 0 ? List.of() : List.of(new Segment(address, 0, region.length, true));
    return new ElfImage(
        new FileBytes(region),
        new Facts(architecture, false, 0, address, address + region.length, true),
        segments,
        new Imports(new long[0], new int[0], 0),
        List.of(),
        List.of());
  }

  public Architecture architecture() {
    return facts.architecture();
  }

  /** Whether it is mapped where it says, so that numbers in its code can be addresses. */
  public boolean isFixed() {
    return facts.isFixed();
  }

  /** Whether all functions that the file names are listed. */
  public boolean isComplete() {
    return facts.isComplete();
  }

  /** Where it starts; 0 if it does not. */
  public long entry() {
    return facts.entry();
  }

  /** What is mapped, by address, each byte of the file at most once. */
  public List<Segment> segments() {
    return segments;
  }

  /** Functions by unwind information, by address. They can overlap. */
  public List<FunctionRange> frames() {
    return frames;
  }

  /** Functions by symbol tables and by Go's table of lines, by address. They can overlap. */
  public List<FunctionRange> symbols() {
    return symbols;
  }

  /** Whether the loader maps anything at {@code address}, be it bytes of the file or zeros. */
  public boolean isMapped(long address) {
    return address >= facts.lowest() && address < facts.end();
  }

  /** Where the byte is in the file that is mapped at {@code address}; -1 if none is. */
  public int offsetOf(long address) {
    return Segment.offsetOf(segments, address);
  }

  /**
   * The name of the imported function that a call to {@code target} reaches, directly or through a
   * linkage stub.
   *
   * @return its offset in the file; {@link FunctionRange#NO_NAME} if none
   */
  public int importAt(long target) {
    return imports.calledAt(target, this);
  }

  /** The name of the import whose address the loader writes to {@code slot}, as above. */
  public int importInSlot(long slot) {
    return imports.inSlot(slot);
  }

  /** The name at an offset that this image gave; null for {@link FunctionRange#NO_NAME}. */
  public @Nullable String name(int nameOffset) {
    return nameOffset < 0 ? null : file.name(nameOffset);
  }

  /** The offset after the last byte of that name. */
  public int endOfName(int nameOffset) {
    return file.endOfName(nameOffset);
  }

  FileBytes file() {
    return file;
  }
}
