package io.exonward.common.gene.decode;

import io.exonward.common.elf.Architecture;

/** Writes instructions for people. Not thread-safe. */
public final class Disassembler {
  private final Architecture architecture;
  private final Decoder decoder;
  private final Instruction instruction = new Instruction();

  public Disassembler(Architecture architecture) {
    this.architecture = architecture;
    this.decoder = Decoder.of(architecture);
  }

  /**
   * The text of the instruction at {@code offset}: of x86-64 in Intel syntax as objdump writes it,
   * what is not known as the bytes in parentheses; of AArch64 the common ones, others as {@code
   * .inst}.
   *
   * @param end at most the length of {@code code}; nothing at or after it is read
   * @param address where the instruction is, for what it refers to
   */
  public String text(byte[] code, int offset, int end, long address) {
    int length = decoder.decode(code, offset, end, instruction);
    if (length == 0) {
      return "(bad)";
    }
    return switch (architecture) {
      case X86_64 -> new X86Text(code, offset, instruction, address).text();
      case AARCH64 -> ArmText.of(ArmDecoder.word(code, offset), instruction, address);
    };
  }

  /** Bytes of what {@link #text} last wrote; 0 if that was no instruction. */
  public int length() {
    return instruction.length();
  }
}
