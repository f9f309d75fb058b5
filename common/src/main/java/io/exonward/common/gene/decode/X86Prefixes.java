package io.exonward.common.gene.decode;

/** Reads what comes before ModRM: prefixes, escapes and the opcode. */
final class X86Prefixes {
  static final int TRUNCATED = -1;

  private static final int POP_OR_XOP = 0x8f;

  private X86Prefixes() {}

  /** Returns where what follows the opcode is; negative if there is no instruction. */
  static int read(byte[] code, int offset, int limit, X86Fields fields) {
    for (int at = offset; at < limit; at++) {
      int value = code[at] & 0xff;
      int attributes = X86Tables.ATTRIBUTES[value];
      if ((attributes & X86Attributes.PREFIX) == 0) {
        fields.prefixBytes = at - offset;
        fields.opcode = value;
        fields.alternative = alternative(fields);
        return (attributes & X86Attributes.ESCAPE) == 0 && value != POP_OR_XOP
            ? at + 1
            : escape(code, at + 1, limit, fields);
      }
      prefix(value, fields);
    }
    return TRUNCATED;
  }

  private static int alternative(X86Fields fields) {
    return fields.repeat != 0
        ? fields.repeat
        : fields.isOperand16 ? X86Fields.PREFIX_66 : X86Fields.NO_PREFIX;
  }

  /** A REX prefix counts only if it is the last one: any other prefix forgets it. */
  private static void prefix(int value, X86Fields fields) {
    if ((value & 0xf0) == 0x40) {
      fields.rex = value & 15;
      fields.hasRex = true;
      return;
    }
    fields.rex = 0;
    fields.hasRex = false;
    switch (value) {
      case 0x66 -> fields.isOperand16 = true;
      case 0x67 -> fields.isAddress32 = true;
      case 0xf0 -> fields.isLocked = true;
      case 0xf2 -> fields.repeat = X86Fields.PREFIX_F2;
      case 0xf3 -> fields.repeat = X86Fields.PREFIX_F3;
      default -> {
        fields.segment = value;
        fields.hasSegment |= value >= 0x64;
      }
    }
  }

  private static int escape(byte[] code, int at, int limit, X86Fields fields) {
    return switch (fields.opcode) {
      case 0x0f -> twoByte(code, at, limit, fields);
      case 0xc5 -> X86VectorPrefixes.shortVex(code, at, limit, fields);
      case 0xc4 -> X86VectorPrefixes.longVex(code, at, limit, fields);
      case 0x62 -> X86VectorPrefixes.evex(code, at, limit, fields);
      default -> X86VectorPrefixes.popOrXop(code, at, limit, fields);
    };
  }

  private static int twoByte(byte[] code, int at, int limit, X86Fields fields) {
    if (at >= limit) {
      return TRUNCATED;
    }
    fields.map = X86Tables.MAP_0F;
    fields.opcode = code[at] & 0xff;
    if (fields.opcode != 0x38 && fields.opcode != 0x3a) {
      return at + 1;
    }
    if (at + 1 >= limit) {
      return TRUNCATED;
    }
    fields.map = fields.opcode == 0x38 ? X86Tables.MAP_38 : X86Tables.MAP_3A;
    fields.opcode = code[at + 1] & 0xff;
    return at + 2;
  }
}
