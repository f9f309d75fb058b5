package io.exonward.common.gene.decode;

import java.util.Locale;

/** Text of the commonest AArch64 instructions; of others the word. */
final class ArmText {
  private static final String[] CONDITIONS = {
    "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv"
  };

  private ArmText() {}

  static String of(int word, Instruction instruction, long address) {
    return switch (instruction.flow) {
      case CALL, JUMP, CONDITIONAL_JUMP -> branch(word, instruction, address);
      case RETURN -> word == 0xd65f03c0 ? "ret" : unknown(word);
      case INDIRECT_CALL ->
          (word & 0xfffffc1f) == 0xd63f0000 ? "blr\t" + x(word >>> 5) : unknown(word);
      case INDIRECT_JUMP ->
          (word & 0xfffffc1f) == 0xd61f0000 ? "br\t" + x(word >>> 5) : unknown(word);
      case SYSTEM_CALL -> "svc\t#0x" + Long.toHexString(instruction.immediate);
      case TRAP ->
          (word & 0xffe0001f) == 0xd4200000
              ? "brk\t#0x" + Long.toHexString(instruction.immediate)
              : unknown(word);
      case NEXT -> data(word, instruction, address);
    };
  }

  private static String branch(int word, Instruction instruction, long address) {
    String target = "0x" + Long.toHexString(instruction.target(address));
    return switch (instruction.flow) {
      case CALL -> "bl\t" + target;
      case JUMP -> "b\t" + target;
      default -> conditional(word, target);
    };
  }

  private static String conditional(int word, String target) {
    String zero = (word & (1 << 24)) == 0 ? "z" : "nz";
    if ((word & 0xff000010) == 0x54000000) {
      return "b." + CONDITIONS[word & 15] + "\t" + target;
    }
    if ((word & 0x7e000000) == 0x34000000) {
      return "cb%s\t%s, %s".formatted(zero, register(word, word < 0), target);
    }
    int bit = ((word >>> 19) & 31) | (word < 0 ? 32 : 0);
    return "tb%s\t%s, #%d, %s".formatted(zero, register(word, word < 0), bit, target);
  }

  private static String data(int word, Instruction instruction, long address) {
    if (word == 0xd503201f) {
      return "nop";
    }
    String to = register(word, word < 0);
    return switch (instruction.effect) {
      case ADDRESS ->
          "%s\t%s, 0x%x"
              .formatted(instruction.isPage ? "adrp" : "adr", x(word), instruction.target(address));
      case ADD -> sum(word, instruction);
      case MOVE ->
          "mov\t%s, #0x%x"
              .formatted(
                  to, word < 0 ? instruction.immediate : instruction.immediate & 0xffffffffL);
      case MOVE_KEEP ->
          "movk\t%s, #0x%x, lsl #%d".formatted(to, (word >>> 5) & 0xffff, instruction.displacement);
      case ACCESS -> access(word, instruction);
      case OTHER ->
          (word & 0x7fe0ffe0) == 0x2a0003e0
              ? "mov\t%s, %s".formatted(to, register(word >>> 16, word < 0))
              : unknown(word);
    };
  }

  private static String sum(int word, Instruction instruction) {
    String to = pointer(word, word < 0);
    String from = pointer(word >>> 5, word < 0);
    return "add\t%s, %s, #0x%x".formatted(to, from, instruction.immediate);
  }

  private static String access(int word, Instruction instruction) {
    if ((word & (1 << 26)) != 0 || ((word >>> 22) & 3) > 1) {
      return unknown(word);
    }
    String[] suffixes = {"b", "h", "", ""};
    String name = (((word >>> 22) & 3) == 0 ? "str" : "ldr") + suffixes[word >>> 30];
    String place =
        instruction.displacement == 0
            ? pointer(word >>> 5, true)
            : pointer(word >>> 5, true) + ", #" + instruction.displacement;
    return "%s\t%s, [%s]".formatted(name, register(word, word >>> 30 == 3), place);
  }

  private static String x(int number) {
    return register(number, true);
  }

  private static String register(int number, boolean is64) {
    int masked = number & 31;
    String letter = is64 ? "x" : "w";
    return letter + (masked == ArmData.ZERO_OR_STACK ? "zr" : masked);
  }

  private static String pointer(int number, boolean is64) {
    boolean isStack = (number & 31) == ArmData.ZERO_OR_STACK;
    return isStack ? is64 ? "sp" : "wsp" : register(number, is64);
  }

  private static String unknown(int word) {
    return ".inst\t" + String.format(Locale.ROOT, "0x%08x", word);
  }
}
