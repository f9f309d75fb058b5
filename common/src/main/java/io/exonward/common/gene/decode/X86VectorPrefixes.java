package io.exonward.common.gene.decode;

/**
 * Reads VEX, EVEX and XOP prefixes with their opcodes (Intel SDM volume 2, 2.3 and 2.7; AMD APM
 * volume 3, 1.1.6). What the tables do not know gets its attributes from the map alone.
 */
final class X86VectorPrefixes {
  /** The map of what is known by its length only. */
  static final int OTHER = 7;

  private static final int TRUNCATED = X86Prefixes.TRUNCATED;
  private static final int WITH_BYTE = X86Attributes.BYTE << X86Attributes.NUMBER_SHIFT;
  private static final int WITH_DOUBLE = X86Attributes.WORD_OR_DOUBLE << X86Attributes.NUMBER_SHIFT;
  private static final int CONTROL = Immediate.CONTROL.code << X86Attributes.KIND_SHIFT;

  // Vector maps above those of the tables' numbers.
  private static final int MAP_5 = 5;
  private static final int MAP_6 = 6;
  private static final int MAP_7 = 7;
  private static final int XOP_BYTE = 8;
  private static final int XOP_DOUBLE = 10;

  private X86VectorPrefixes() {}

  static int shortVex(byte[] code, int at, int limit, X86Fields fields) {
    if (at + 1 >= limit) {
      return TRUNCATED;
    }
    fields.rex = ((code[at] >> 5) & 4) ^ 4;
    fields.isVex = true;
    fields.vectorMap = X86Tables.MAP_0F;
    vex(fields, code[at]);
    return opcode(code, at + 1, fields);
  }

  static int longVex(byte[] code, int at, int limit, X86Fields fields) {
    int map = at + 2 < limit ? code[at] & 31 : 0;
    if (map != MAP_5 && map != MAP_7 && (map < X86Tables.MAP_0F || map > X86Tables.MAP_3A)) {
      return TRUNCATED;
    }
    fields.rex = (((code[at] >> 5) & 7) ^ 7) | ((code[at + 1] >> 4) & 8);
    fields.isVex = true;
    fields.vectorMap = map;
    vex(fields, code[at + 1]);
    return opcode(code, at + 2, fields);
  }

  static int evex(byte[] code, int at, int limit, X86Fields fields) {
    int map = at + 3 < limit ? code[at] & 7 : 0;
    boolean isKnown = map >= X86Tables.MAP_0F && map <= MAP_6 && map != 4;
    if (!isKnown || (code[at + 1] & 4) == 0) {
      return TRUNCATED;
    }
    fields.rex = (((code[at] >> 5) & 7) ^ 7) | ((code[at + 1] >> 4) & 8);
    fields.isVex = true;
    fields.isEvex = true;
    fields.vectorMap = map;
    vex(fields, code[at + 1]);
    fields.isWide = (code[at + 2] & 0x60) != 0;
    return opcode(code, at + 3, fields);
  }

  /** 8f is pop, or XOP if what would be ModRM names a map from 8 on. */
  static int popOrXop(byte[] code, int at, int limit, X86Fields fields) {
    int map = at < limit ? code[at] & 31 : 0;
    if (map < XOP_BYTE) {
      return at;
    }
    if (map > XOP_DOUBLE || at + 2 >= limit) {
      return TRUNCATED;
    }
    fields.rex = (((code[at] >> 5) & 7) ^ 7) | ((code[at + 1] >> 4) & 8);
    fields.isVex = true;
    fields.vectorMap = map;
    vex(fields, code[at + 1]);
    return opcode(code, at + 2, fields);
  }

  private static void vex(X86Fields fields, byte payload) {
    fields.vvvv = ((payload >> 3) & 15) ^ 15;
    fields.isWide = (payload & 4) != 0;
    fields.alternative = payload & 3;
  }

  private static int opcode(byte[] code, int at, X86Fields fields) {
    fields.opcode = code[at] & 0xff;
    boolean isInTables = fields.vectorMap <= X86Tables.MAP_3A && isInTables(fields);
    fields.map = isInTables ? fields.vectorMap + X86Tables.VEX : OTHER;
    return at + 1;
  }

  /** EVEX has members of groups that VEX has not. */
  private static boolean isInTables(X86Fields fields) {
    int index =
        X86Tables.index(fields.vectorMap + X86Tables.VEX, fields.alternative, fields.opcode);
    int attributes = X86Tables.ATTRIBUTES[index];
    boolean isGroup = attributes >>> X86Attributes.GROUP_SHIFT != 0;
    return (attributes & X86Attributes.MISSING) == 0 && !(isGroup && fields.isEvex);
  }

  /** Of what is not in the tables. */
  static int attributes(X86Fields fields) {
    return X86Attributes.MODRM
        | switch (fields.vectorMap) {
          case X86Tables.MAP_3A, XOP_BYTE -> WITH_BYTE | CONTROL;
          case XOP_DOUBLE -> WITH_DOUBLE | CONTROL;
          case X86Tables.MAP_0F -> hasByteInMap0f(fields.opcode) ? WITH_BYTE | CONTROL : 0;
          default -> fields.vectorMap == MAP_7 ? WITH_DOUBLE | CONTROL : 0;
        };
  }

  private static boolean hasByteInMap0f(int opcode) {
    return (opcode >= 0x70 && opcode <= 0x73)
        || opcode == 0xc2
        || (opcode >= 0xc4 && opcode <= 0xc6);
  }

  /** A token for what is not in the tables: its map, opcode and prefix. */
  static int token(X86Fields fields) {
    int name = (fields.vectorMap << 10) | (fields.alternative << 8) | fields.opcode;
    return X86Tokens.of("#" + name);
  }
}
