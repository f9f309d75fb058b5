package io.exonward.common.gene.decode;

import io.exonward.common.gene.decode.Instruction.Effect;

/** Loads and stores (Arm ARM, C4.1.67). */
final class ArmMemory {
  private static final int FRAME_POINTER = 29;
  private static final int IMM12 = 0x003ffc00;
  private static final int IMM19 = 0x00ffffe0;
  private static final int IS_VECTOR = 1 << 26;

  private ArmMemory() {}

  static void decode(int word, Instruction into) {
    into.base = (word >>> 5) & 31;
    if ((word & 0x3b000000) == 0x18000000) {
      literal(word, into);
    } else {
      withBase(word, into);
    }
  }

  private static void literal(int word, Instruction into) {
    into.memory = Memory.PC_RELATIVE;
    into.hasTarget = true;
    into.relative = (long) (word << 8 >> 13) * 4;
    into.addressBits = IMM19;
    loads(word, into);
    into.token = ArmTokens.of(ArmTokens.MEMORY, word & 0xff000000);
  }

  private static void withBase(int word, Instruction into) {
    boolean isStack = into.base == ArmData.ZERO_OR_STACK || into.base == FRAME_POINTER;
    into.memory = isStack ? Memory.STACK : Memory.BASE;
    int kept;
    if ((word & 0x3b000000) == 0x39000000) {
      kept = scaled(word, into);
    } else if ((word & 0x3b200000) == 0x38000000) {
      into.displacement = (long) word << 43 >> 55;
      kept = unscaled(word, into);
    } else if ((word & 0x3b200c00) == 0x38200800) {
      into.memory = isStack ? Memory.STACK : Memory.INDEXED;
      loads(word, into);
      kept = (word & 0xc4c00000) | 2;
    } else if ((word & 0x3a000000) == 0x28000000) {
      int scale = (word & IS_VECTOR) != 0 ? 2 + (word >>> 30) : 2 + (word >>> 31);
      into.displacement = (long) (word << 10 >> 25) << scale;
      kept = (word & 0xffc00000) | 3;
    } else {
      kept = word & 0xffe0fc00;
    }
    into.token = ArmTokens.of(ArmTokens.MEMORY, kept ^ (into.memory.code << 5));
  }

  private static int scaled(int word, Instruction into) {
    boolean isQuad = (word & IS_VECTOR) != 0 && (word & 1 << 23) != 0;
    int scale = (word >>> 30) | (isQuad ? 4 : 0);
    into.displacement = (long) ((word >>> 10) & 0xfff) << scale;
    into.addressBits = IMM12;
    into.effect = Effect.ACCESS;
    into.addressToken = ArmTokens.of(ArmTokens.MEMORY, (word & 0xc4c00000) | 4);
    loads(word, into);
    return word & 0xc4c00000;
  }

  /** Without an index that is written back it is the same as scaled. */
  private static int unscaled(int word, Instruction into) {
    loads(word, into);
    int writeBack = (word >>> 10) & 3;
    return (word & 0xc4c00000) | (writeBack == 1 || writeBack == 3 ? 1 : 0);
  }

  /** Loads into a general register, so that what it held is forgotten. */
  private static void loads(int word, Instruction into) {
    boolean isLoad = into.memory == Memory.PC_RELATIVE || (word & 0x00c00000) != 0;
    if (isLoad && (word & IS_VECTOR) == 0) {
      into.destination = word & 31;
    }
  }
}
