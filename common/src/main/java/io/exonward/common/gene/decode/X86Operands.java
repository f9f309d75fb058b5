package io.exonward.common.gene.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what follows the opcode: ModRM, SIB, displacement and immediate. */
final class X86Operands {
  private static final int TRUNCATED = -1;
  private static final int REGISTERS_ONLY = 0xc0;
  private static final int RM_SIB = 4;
  private static final int RM_DISPLACEMENT = 5;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private X86Operands() {}

  /** Returns where the immediate would be; negative if the code ends before. */
  static int readModRm(byte[] code, int offset, int at, int limit, Instruction into) {
    if (at >= limit) {
      return TRUNCATED;
    }
    X86Fields fields = into.fields;
    int modRm = code[at] & 0xff;
    fields.modRm = modRm;
    if (modRm >= REGISTERS_ONLY || isControlRegister(fields)) {
      fields.modRm |= REGISTERS_ONLY;
      return at + 1;
    }
    int next = at + 1;
    int size = modRm < 0x40 ? 0 : modRm < 0x80 ? 1 : Integer.BYTES;
    int rm = modRm & 7;
    if (rm == RM_SIB) {
      if (next >= limit) {
        return TRUNCATED;
      }
      size = sib(code[next++] & 0xff, size, fields);
    } else if (rm == RM_DISPLACEMENT && size == 0) {
      size = Integer.BYTES;
      into.memory = Memory.PC_RELATIVE;
    } else {
      fields.base = rm | ((fields.rex & 1) << 3);
    }
    return displacement(code, offset, next, limit, size, into);
  }

  /** Moves of control and debug registers have no memory form: mod is ignored. */
  private static boolean isControlRegister(X86Fields fields) {
    return fields.map == X86Tables.MAP_0F && (fields.opcode & 0xfc) == 0x20;
  }

  private static int sib(int sib, int size, X86Fields fields) {
    int index = ((sib >> 3) & 7) | ((fields.rex & 2) << 2);
    fields.scale = sib >> 6;
    fields.index = index == RM_SIB ? X86Fields.NONE : index;
    int base = sib & 7;
    if (base == RM_DISPLACEMENT && size == 0) {
      return Integer.BYTES;
    }
    fields.base = base | ((fields.rex & 1) << 3);
    return size;
  }

  private static int displacement(
      byte[] code, int offset, int at, int limit, int size, Instruction into) {
    if (size > limit - at) {
      return TRUNCATED;
    }
    if (size != 0) {
      into.displacementOffset = at - offset;
      into.displacementSize = size;
      into.displacement = size == 1 ? code[at] : (int) INTS.get(code, at);
    }
    if (into.memory == Memory.NONE) {
      into.memory = memory(into.fields);
    }
    return at + size;
  }

  private static Memory memory(X86Fields fields) {
    if (fields.base == X86Fields.RSP || fields.base == X86Fields.RBP) {
      return Memory.STACK;
    }
    if (fields.base == X86Fields.NONE) {
      return fields.index == X86Fields.NONE ? Memory.ABSOLUTE : Memory.TABLE;
    }
    return fields.index == X86Fields.NONE ? Memory.BASE : Memory.INDEXED;
  }

  /** The place of a group's member in the tables. */
  static int member(int group, X86Fields fields) {
    boolean isX87 = fields.map == X86Tables.ONE_BYTE && (fields.opcode & 0xf8) == 0xd8;
    boolean isSecond = isX87 && fields.modRm >= REGISTERS_ONLY;
    return (isSecond ? group + 1 : group) * X86Groups.SIZE + fields.member();
  }

  /** Returns where the next instruction is; negative if the code ends before. */
  static int readNumber(
      byte[] code, int offset, int at, int limit, int attributes, Instruction into) {
    int number = X86Attributes.numberOf(attributes);
    if (number == X86Attributes.NO_NUMBER) {
      return at;
    }
    int size = size(number, into.fields);
    if (size > limit - at) {
      return TRUNCATED;
    }
    long value = value(code, at, size);
    if (number >= X86Attributes.RELATIVE_BYTE && number <= X86Attributes.RELATIVE) {
      into.relative = at - offset + size + value;
      into.hasTarget = true;
    } else if (number == X86Attributes.ADDRESS) {
      into.memory = Memory.ABSOLUTE;
      into.displacement = value;
      into.displacementOffset = at - offset;
      into.displacementSize = size;
      return at + size;
    } else {
      into.immediateKind = kind(attributes, into);
    }
    into.immediate = value;
    into.immediateOffset = at - offset;
    into.immediateSize = size;
    return at + size;
  }

  /** What is done to the stack pointer is no value of the program. */
  private static Immediate kind(int attributes, Instruction into) {
    Immediate kind = X86Attributes.kindOf(attributes);
    X86Fields fields = into.fields;
    boolean isStack =
        kind == Immediate.VALUE
            && fields.map == X86Tables.ONE_BYTE
            && fields.modRm >= REGISTERS_ONLY
            && fields.rm() == X86Fields.RSP
            && (fields.opcode == 0x81 || fields.opcode == 0x83);
    return isStack ? Immediate.STACK : kind;
  }

  private static int size(int number, X86Fields fields) {
    boolean isShort = fields.isOperand16 && !fields.isWide64();
    return switch (number) {
      case X86Attributes.BYTE, X86Attributes.RELATIVE_BYTE -> 1;
      case X86Attributes.WORD, X86Attributes.TWO_BYTES -> Short.BYTES;
      case X86Attributes.WORD_AND_BYTE -> Short.BYTES + 1;
      case X86Attributes.ANY_SIZE ->
          fields.isWide64() ? Long.BYTES : isShort ? Short.BYTES : Integer.BYTES;
      case X86Attributes.ADDRESS -> fields.isAddress32 ? Integer.BYTES : Long.BYTES;
      default -> isShort ? Short.BYTES : Integer.BYTES;
    };
  }

  private static long value(byte[] code, int at, int size) {
    return switch (size) {
      case 1 -> code[at];
      case Short.BYTES, Short.BYTES + 1 -> (short) ((code[at] & 0xff) | (code[at + 1] << 8));
      case Integer.BYTES -> (int) INTS.get(code, at);
      default ->
          ((int) INTS.get(code, at) & 0xffffffffL) | ((long) (int) INTS.get(code, at + 4) << 32);
    };
  }
}
