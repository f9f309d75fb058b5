package io.exonward.common.elf;

import io.exonward.common.elf.ElfFile.Reason;
import java.util.List;

/**
 * Reads ELF files of 64 bits: executables, shared objects, relocatable objects and core dumps.
 * Input is hostile: whatever lies outside of the file counts as absent, every table ends with the
 * file, and nothing is followed more than once.
 *
 * <p>Program headers are the truth, because the loader goes by them; section headers add symbols
 * and tables where they are there and make sense. Relocations of relocatable objects are not
 * applied. Archives of objects are not read.
 *
 * <p>Formats are those of the System V ABI, its supplements for AMD64 and AArch64, and the LSB's
 * chapter on .eh_frame.
 */
public final class ElfReader {
  private static final int MAGIC = 0x464c457f;
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int HEADER_BYTES = 64;
  private static final int MACHINE_X86_64 = 62;
  private static final int MACHINE_AARCH64 = 183;
  private static final int TYPE_RELOCATABLE = 1;
  private static final int TYPE_FIXED = 2;

  private ElfReader() {}

  /**
   * Reads as far as it goes; a truncated file gives what is left of it.
   *
   * @param file is kept by the image, and must not change
   * @param maxFunctions listed of each source (unwind information, symbols)
   */
  public static ElfFile read(byte[] file, int maxFunctions) {
    FileBytes bytes = new FileBytes(file);
    if (bytes.i32(0) != MAGIC || !bytes.has(0, HEADER_BYTES)) {
      return new ElfFile.Unreadable(Reason.NOT_ELF);
    }
    int machine = bytes.u16(18);
    boolean isKnown = machine == MACHINE_X86_64 || machine == MACHINE_AARCH64;
    if (bytes.u8(4) != CLASS_64 || bytes.u8(5) != LITTLE_ENDIAN || !isKnown) {
      return new ElfFile.Unreadable(Reason.OTHER_ARCHITECTURE);
    }
    Architecture architecture =
        machine == MACHINE_X86_64 ? Architecture.X86_64 : Architecture.AARCH64;
    SectionTable sections = SectionTable.read(bytes);
    boolean isRelocatable = bytes.u16(16) == TYPE_RELOCATABLE;
    Layout layout = isRelocatable ? sections.layOut(bytes) : ProgramHeaders.read(bytes);
    return layout.segments().isEmpty()
        ? new ElfFile.Unreadable(Reason.MALFORMED)
        : new ElfFile.Mapped(image(bytes, architecture, sections, layout, maxFunctions));
  }

  private static ElfImage image(
      FileBytes bytes,
      Architecture architecture,
      SectionTable sections,
      Layout layout,
      int maxFunctions) {
    FunctionList frames = new FunctionList(layout.segments(), maxFunctions);
    FunctionList symbols = new FunctionList(layout.segments(), maxFunctions);
    DynamicTable dynamic = DynamicTable.read(bytes, layout);
    FrameTable.read(bytes, layout, sections, frames);
    SymbolTables.read(bytes, sections, layout, dynamic, symbols);
    GoFunctions.read(bytes, sections, symbols);
    boolean isFixed = bytes.u16(16) == TYPE_FIXED;
    List<FunctionRange> sortedFrames = frames.sorted();
    List<FunctionRange> sortedSymbols = symbols.sorted();
    return new ElfImage(
        bytes,
        new ElfImage.Facts(
            architecture,
            isFixed,
            bytes.i64(24),
            layout.lowest(),
            layout.end(),
            frames.isComplete() && symbols.isComplete()),
        layout.segments(),
        dynamic.imports(bytes, architecture, layout),
        sortedFrames,
        sortedSymbols);
  }
}
