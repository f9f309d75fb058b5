package io.exonward.common.gene.decode;

import io.exonward.common.gene.decode.Instruction.Effect;

/** Data processing with numbers and with registers (Arm ARM, C4.1.65 and C4.1.68). */
final class ArmData {
  static final int ZERO_OR_STACK = 31;
  private static final int IMM12 = 0x003ffc00;
  private static final int IMM21 = 0x60ffffe0;
  private static final int SETS_FLAGS = 1 << 29;
  private static final int SUBTRACTS = 1 << 30;

  private ArmData() {}

  static void decodeImmediate(int word, Instruction into) {
    into.destination = word & 31;
    switch ((word >>> 23) & 7) {
      case 0, 1 -> address(word, into);
      case 2 -> arithmetic(word, into);
      case 4 -> logical(word, into);
      case 5 -> move(word, into);
      case 6, 7 -> {
        into.immediateKind = Immediate.COUNT;
        into.immediate = (word >>> 16) & 63L;
        into.token = ArmTokens.of(ArmTokens.ARITHMETIC, word & 0xff800000);
      }
      default -> into.token = ArmTokens.of(ArmTokens.ARITHMETIC, word & 0xffc00000);
    }
  }

  private static void address(int word, Instruction into) {
    long number = ((word << 8 >> 13) * 4L) | ((word >>> 29) & 3);
    into.isPage = word < 0;
    into.relative = into.isPage ? number << 12 : number;
    into.hasTarget = true;
    into.addressBits = IMM21;
    into.effect = Effect.ADDRESS;
    into.memory = Memory.PC_RELATIVE;
    into.token = Instruction.LOAD_ADDRESS;
  }

  private static void arithmetic(int word, Instruction into) {
    int base = (word >>> 5) & 31;
    into.base = base;
    into.immediate = (long) ((word >>> 10) & 0xfff) << ((word & (1 << 22)) == 0 ? 0 : 12);
    into.addressBits = IMM12;
    boolean isCompared = (word & SETS_FLAGS) != 0;
    boolean isStack = base == ZERO_OR_STACK || (!isCompared && into.destination == ZERO_OR_STACK);
    into.immediateKind = isStack ? Immediate.STACK : Immediate.VALUE;
    if ((word & (SETS_FLAGS | SUBTRACTS)) == 0) {
      into.effect = Effect.ADD;
      into.addressToken = ArmTokens.ADDRESS_PART;
    }
    boolean isMove = into.immediate == 0 && into.effect == Effect.ADD;
    // add and sub of a number are the same, and all of the stack pointer's are
    int bits = isStack ? 1 << 31 : (word & 0xa0000000) | (isCompared && isZero(into) ? 1 : 0);
    into.token = isMove ? ArmTokens.MOVE : ArmTokens.of(ArmTokens.ARITHMETIC, bits);
  }

  private static boolean isZero(Instruction into) {
    return into.destination == ZERO_OR_STACK;
  }

  private static void logical(int word, Instruction into) {
    into.immediateKind = Immediate.VALUE;
    into.immediate = ArmBitmask.of(word);
    boolean isMove = ((word >>> 5) & 31) == ZERO_OR_STACK && ((word >>> 29) & 3) == 1;
    if (isMove) {
      into.effect = Effect.MOVE;
      into.token = ArmTokens.MOVE_NUMBER;
    } else {
      into.token = ArmTokens.of(ArmTokens.ARITHMETIC, word & 0xff800000);
    }
  }

  private static void move(int word, Instruction into) {
    int shift = ((word >>> 21) & 3) * 16;
    long number = (long) ((word >>> 5) & 0xffff) << shift;
    int operation = (word >>> 29) & 3;
    into.immediateKind = Immediate.VALUE;
    into.token = operation == 3 ? ArmTokens.MOVE_NUMBER + 1 : ArmTokens.MOVE_NUMBER;
    into.effect = operation == 3 ? Effect.MOVE_KEEP : Effect.MOVE;
    into.immediate = operation == 0 ? ~number : number;
    if (operation == 0 && word > 0) {
      into.immediate = (int) ~number;
    }
    into.displacement = operation == 3 ? shift : 0;
  }

  static void decodeRegister(int word, Instruction into) {
    into.destination = word & 31;
    int first = (word >>> 5) & 31;
    boolean isMove = (word & 0x7fe0ffe0) == 0x2a0003e0;
    if (isMove) {
      into.token = ArmTokens.MOVE;
      return;
    }
    boolean isShifted = (word & 0x0e000000) == 0x0a000000;
    int kept = isShifted ? 0xff200000 : 0xffe0fc00;
    int zero = (first == ZERO_OR_STACK ? 1 : 0) | (into.destination == ZERO_OR_STACK ? 2 : 0);
    into.token = ArmTokens.of(ArmTokens.REGISTERS, (word & kept) | zero);
  }
}
