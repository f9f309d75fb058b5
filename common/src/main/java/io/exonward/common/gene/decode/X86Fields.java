package io.exonward.common.gene.decode;

/**
 * The fields of one x86-64 instruction's encoding (Intel SDM volume 2, chapter 2). Not thread-safe.
 */
final class X86Fields {
  /** No register, in {@link #base} and {@link #index}. */
  static final int NONE = -1;

  static final int NO_PREFIX = 0;
  static final int PREFIX_66 = 1;
  static final int PREFIX_F3 = 2;
  static final int PREFIX_F2 = 3;

  static final int RSP = 4;
  static final int RBP = 5;

  /** Prefix 66 is there. */
  boolean isOperand16;

  /** Prefix 67 is there. */
  boolean isAddress32;

  boolean isLocked;

  /** The last of f3 and f2, as {@link #PREFIX_F3} and {@link #PREFIX_F2}. */
  int repeat;

  /** Prefix fs or gs is there. */
  boolean hasSegment;

  /** The last segment prefix of any kind; 0 for none. */
  int segment;

  /** Its W, R, X and B bits, whether of REX, VEX or EVEX; bits 3 to 0. */
  int rex;

  /** Whether a REX prefix is there. */
  boolean hasRex;

  /** Where the opcode's first byte or escape is, from the first byte of the instruction. */
  int prefixBytes;

  /** As {@link X86Tables} number them, or {@link X86VectorPrefixes#OTHER}. */
  int map;

  int opcode;

  /** The map that a VEX, EVEX or XOP prefix names; only with one. */
  int vectorMap;

  /** Which of the four alternatives of an opcode it is: {@link #NO_PREFIX} and so on. */
  int alternative;

  boolean isVex;
  boolean isEvex;

  /** Vectors of 256 bits or more. */
  boolean isWide;

  /** Only with {@link #isVex}. */
  int vvvv;

  /** All of it; -1 if there is none. */
  int modRm;

  /** Only with an index. */
  int scale;

  int base;
  int index;

  /** Shifts by the opcode's own 1. */
  boolean isByOne;

  /** Clears what decoding does not always set. */
  void clear() {
    isOperand16 = false;
    isAddress32 = false;
    isLocked = false;
    repeat = 0;
    hasSegment = false;
    segment = 0;
    rex = 0;
    hasRex = false;
    map = 0;
    isVex = false;
    isEvex = false;
    isWide = false;
    modRm = -1;
    base = NONE;
    index = NONE;
  }

  boolean isWide64() {
    return (rex & 8) != 0;
  }

  int mod() {
    return modRm >> 6;
  }

  /** Bits 3 to 5 of ModRM: the member of a group. */
  int member() {
    return (modRm >> 3) & 7;
  }

  /** The register operand. */
  int reg() {
    return ((modRm >> 3) & 7) | ((rex & 4) << 1);
  }

  /** The register in place of memory. */
  int rm() {
    return (modRm & 7) | ((rex & 1) << 3);
  }

  /** The register in the opcode. */
  int opcodeRegister() {
    return (opcode & 7) | ((rex & 1) << 3);
  }

  boolean isSameRegister() {
    return modRm >= 0xc0 && reg() == rm() && (!isVex || vvvv == rm());
  }

  /** 0 for bytes, 1 for 16 bits, 2 for 32 and what has no size of its own, 3 for 64. */
  int size(int attributes) {
    if ((attributes & X86Attributes.BYTE_SIZED) != 0) {
      return 0;
    }
    if ((attributes & X86Attributes.SIZED) == 0) {
      return 2;
    }
    return isWide64() ? 3 : isOperand16 && !isVex ? 1 : 2;
  }
}
