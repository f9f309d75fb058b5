package io.exonward.common.gene.decode;

import io.exonward.common.elf.Architecture;

/** Reads instructions of one architecture. Thread-safe, without state. */
public sealed interface Decoder permits X86Decoder, ArmDecoder {
  /** The longest instruction there is. */
  int MAX_LENGTH = 15; // Intel SDM volume 2, 2.3.11

  static Decoder of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86Decoder.INSTANCE;
      case AARCH64 -> ArmDecoder.INSTANCE;
    };
  }

  /**
   * Decodes the instruction at {@code offset}. Reads nothing at or after {@code end}.
   *
   * @param offset 0 to {@code end}
   * @param end at most the length of {@code code}
   * @param into overwritten
   * @return its length; 0 if the bytes are not an instruction or end within it. Then go on {@link
   *     #step} bytes further.
   */
  int decode(byte[] code, int offset, int end, Instruction into);

  /** Distance of places where instructions can start, in bytes. */
  int step();

  /**
   * A hash that takes in everything of an instruction but addresses: equal wherever a linker puts
   * the code.
   *
   * @param hash of the instructions before it
   * @param instruction as {@link #decode} left it
   * @param isAddress whether the immediate or displacement is known to be (part of) an address, too
   */
  long absorb(long hash, byte[] code, int offset, Instruction instruction, boolean isAddress);
}
