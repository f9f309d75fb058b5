package io.exonward.common.gene.decode;

/** Coarse tokens of AArch64: the encoding class above, what is left of the encoding below. */
final class ArmTokens {
  static final int CALL = 0x10200;
  static final int JUMP = 0x10100;
  static final int CONDITION = 0x10000;
  static final int TRAP = 0x10400;
  static final int MOVE = 0x10500;
  static final int MOVE_NUMBER = 0x10501;

  /** The low part of an address, after {@link Instruction#LOAD_ADDRESS}. */
  static final int ADDRESS_PART = 0x10301;

  private static final int CLASS_SHIFT = 24;
  private static final int VECTOR = 1;
  static final int ARITHMETIC = 2;
  static final int REGISTERS = 3;
  static final int MEMORY = 4;
  static final int BRANCH = 5;

  private ArmTokens() {}

  /** Of some bits of a word. */
  static int of(int kind, int bits) {
    int mixed = bits * 0x9e3779b1;
    return (kind << CLASS_SHIFT) | (mixed >>> (32 - CLASS_SHIFT));
  }

  /** Vector and floating-point instructions: all but their three registers. */
  static int ofVector(int word) {
    return of(VECTOR, word & 0xffe0fc00);
  }
}
