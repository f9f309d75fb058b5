package io.exonward.common.gene.decode;

/** Branches, exceptions, system instructions and hints (Arm ARM, C4.1.66). */
final class ArmBranches {
  private static final int IMM26 = 0x03ffffff;
  private static final int IMM19 = 0x00ffffe0;
  private static final int IMM14 = 0x0007ffe0;

  private ArmBranches() {}

  static void decode(int word, Instruction into) {
    if ((word & 0x7c000000) == 0x14000000) {
      boolean isCall = word < 0;
      into.flow = isCall ? Flow.CALL : Flow.JUMP;
      into.token = isCall ? ArmTokens.CALL : ArmTokens.JUMP;
      target(into, (word << 6 >> 6) * 4L, IMM26);
    } else if ((word & 0xff000000) == 0x54000000) {
      conditional(word, into, ArmTokens.CONDITION | (word & 15), IMM19);
    } else if ((word & 0x7e000000) == 0x34000000) {
      conditional(word, into, ArmTokens.of(ArmTokens.BRANCH, word & 0xff000000), IMM19);
    } else if ((word & 0x7e000000) == 0x36000000) {
      conditional(word, into, ArmTokens.of(ArmTokens.BRANCH, word & 0x7f000000), IMM14);
    } else if ((word & 0xfe000000) == 0xd6000000) {
      register(word, into);
    } else {
      system(word, into);
    }
  }

  private static void conditional(int word, Instruction into, int token, int bits) {
    into.flow = Flow.CONDITIONAL_JUMP;
    into.token = token;
    int unused = Integer.numberOfLeadingZeros(bits);
    target(into, (word << unused >> (unused + 5)) * 4L, bits);
  }

  private static void target(Instruction into, long relative, int bits) {
    into.hasTarget = true;
    into.relative = relative;
    into.addressBits = bits;
  }

  private static void register(int word, Instruction into) {
    into.flow =
        switch ((word >>> 21) & 3) {
          case 0 -> Flow.INDIRECT_JUMP;
          case 1 -> Flow.INDIRECT_CALL;
          default -> Flow.RETURN;
        };
    into.token = ArmTokens.of(ArmTokens.BRANCH, into.flow.code);
  }

  private static void system(int word, Instruction into) {
    into.token = ArmTokens.of(ArmTokens.BRANCH, word & 0xffffffe0);
    if ((word & 0xff000000) == 0xd4000000) {
      exception(word, into);
    } else if ((word & 0xfffff01f) == 0xd503201f) {
      into.isPadding = true; // hints: nop, landing pads, signing of return addresses
    }
  }

  private static void exception(int word, Instruction into) {
    into.token = ArmTokens.of(ArmTokens.BRANCH, word & 0xffe0001f);
    into.immediate = (word >>> 5) & 0xffffL;
    into.immediateKind = Immediate.CONTROL;
    boolean isCall = (word & 0x00e00000) == 0;
    into.flow = isCall ? Flow.SYSTEM_CALL : Flow.TRAP;
  }
}
