package io.exonward.common.gene.decode;

import java.util.Set;

/** What the decoder must know of an opcode, derived from its {@link X86Form}, in one word. */
final class X86Attributes {
  /** A ModRM byte follows. */
  static final int MODRM = 1;

  /** Not an instruction. */
  static final int MISSING = 1 << 1;

  /** A legacy or REX prefix. */
  static final int PREFIX = 1 << 2;

  /** Leads to another map. */
  static final int ESCAPE = 1 << 3;

  /** The operand that may be in memory is the first: where the result goes. */
  static final int MEMORY_FIRST = 1 << 4;

  /** Its size is 16, 32 or 64 bits by prefix. */
  static final int SIZED = 1 << 5;

  /** Its size is a byte. */
  static final int BYTE_SIZED = 1 << 6;

  /** Both fields of ModRM are registers, not a member of a group. */
  static final int TWO_REGISTERS = 1 << 7;

  static final int NUMBER_SHIFT = 8;
  static final int FLOW_SHIFT = 12;
  static final int KIND_SHIFT = 16;
  static final int GROUP_SHIFT = 20;
  static final int FIELD_MASK = 15;

  // Which number follows, in bits 8 to 11.
  static final int NO_NUMBER = 0;
  static final int BYTE = 1;
  static final int WORD = 2;
  static final int WORD_OR_DOUBLE = 3;
  static final int ANY_SIZE = 4;
  static final int WORD_AND_BYTE = 5;
  static final int ADDRESS = 6;
  static final int RELATIVE_BYTE = 7;
  static final int RELATIVE = 8;
  static final int TWO_BYTES = 9;

  private static final Flow[] FLOWS = Flow.values();
  private static final Immediate[] KINDS = Immediate.values();

  private static final Set<String> COUNTED =
      Set.of(
          "rol", "ror", "rcl", "rcr", "shl", "shr", "sar", "shld", "shrd", "bt", "bts", "btr",
          "btc", "psrlw", "psraw", "psllw", "psrld", "psrad", "pslld", "psrlq", "psrldq", "psllq",
          "pslldq", "rorx");

  private X86Attributes() {}

  static int of(X86Form form) {
    return switch (form.mnemonic()) {
      case "-" -> MISSING;
      case ">" -> PREFIX;
      case "!" -> ESCAPE;
      default -> instruction(form);
    };
  }

  /** Of a member of a group: it has ModRM in any case. */
  static int ofMember(X86Form form) {
    return of(form) | MODRM;
  }

  /** Which number follows. */
  static int numberOf(int attributes) {
    return (attributes >> NUMBER_SHIFT) & FIELD_MASK;
  }

  static Flow flowOf(int attributes) {
    return FLOWS[(attributes >> FLOW_SHIFT) & FIELD_MASK];
  }

  static Immediate kindOf(int attributes) {
    return KINDS[(attributes >> KIND_SHIFT) & FIELD_MASK];
  }

  private static int instruction(X86Form form) {
    int attributes = number(form) << NUMBER_SHIFT;
    attributes |= flow(form).code << FLOW_SHIFT;
    attributes |= kind(form).code << KIND_SHIFT;
    attributes |= form.hasModRm() ? MODRM : 0;
    attributes |= form.isMemoryFirst() ? MEMORY_FIRST : 0;
    attributes |= form.hasRegisterField() ? TWO_REGISTERS : 0;
    String sizes = form.sizes();
    return attributes
        | (sizes.indexOf('v') >= 0 || sizes.indexOf('y') >= 0 ? SIZED : 0)
        | (form.hasByteRegister() ? BYTE_SIZED : 0);
  }

  private static int number(X86Form form) {
    int found = NO_NUMBER;
    for (String operand : form.operands()) {
      int number =
          switch (operand) {
            case "Ib", "Is", "It", "Lx" ->
                found == WORD ? WORD_AND_BYTE : found == BYTE ? TWO_BYTES : BYTE;
            case "Iw" -> WORD;
            case "Iz" -> WORD_OR_DOUBLE;
            case "Iv" -> ANY_SIZE;
            case "Ob", "Ov" -> ADDRESS;
            case "Jb" -> RELATIVE_BYTE;
            case "Jz" -> RELATIVE;
            default -> NO_NUMBER;
          };
      found = number == NO_NUMBER ? found : number;
    }
    return found;
  }

  private static Flow flow(X86Form form) {
    boolean isRelative = form.hasOperand("Jb") || form.hasOperand("Jz");
    return switch (form.mnemonic()) {
      case "call" -> isRelative ? Flow.CALL : Flow.INDIRECT_CALL;
      case "jmp" -> isRelative ? Flow.JUMP : Flow.INDIRECT_JUMP;
      case "ret", "{retfw,retf,retf}", "retf", "{iretw,iret,iretq}", "{sysretw,sysretd,sysretq}" ->
          Flow.RETURN;
      case "sysexit" -> Flow.RETURN;
      case "syscall", "sysenter", "int" -> Flow.SYSTEM_CALL;
      case "ud2", "ud1", "ud0", "hlt", "int3", "int1" -> Flow.TRAP;
      default -> isRelative ? Flow.CONDITIONAL_JUMP : Flow.NEXT;
    };
  }

  private static Immediate kind(X86Form form) {
    if (COUNTED.contains(form.plainMnemonic())) {
      return Immediate.COUNT;
    }
    boolean isVector = form.operands().stream().anyMatch(o -> "VWUPQNH".indexOf(o.charAt(0)) >= 0);
    return switch (number(form)) {
      case NO_NUMBER, ADDRESS, RELATIVE, RELATIVE_BYTE -> Immediate.NONE;
      case WORD, WORD_AND_BYTE -> Immediate.STACK;
      default ->
          isVector || Set.of("int", "in", "out", "xabort").contains(form.mnemonic())
              ? Immediate.CONTROL
              : Immediate.VALUE;
    };
  }
}
