package io.exonward.common.gene.decode;

/**
 * Decodes x86-64: prefixes, the opcode, ModRM, displacement and immediate, in one pass over the
 * tables.
 *
 * <p>Legacy opcodes that no processor knows are not instructions. Under VEX, EVEX and XOP the
 * length follows from the encoding alone, so opcodes newer than the tables are read as well. Not
 * handled: the REX2 prefix (d5), 32-bit and 16-bit code.
 */
final class X86Decoder implements Decoder {
  static final X86Decoder INSTANCE = new X86Decoder();

  private static final int NOP = 0x90;
  private static final int INT3 = 0xcc;
  private static final int LONG_NOP = 0x1f;
  private static final int ENDBR = 0x1e;

  private X86Decoder() {}

  @Override
  public int step() {
    return 1;
  }

  @Override
  public int decode(byte[] code, int offset, int end, Instruction into) {
    into.clear();
    X86Fields fields = into.fields;
    fields.clear();
    int limit = Math.min(end, offset + MAX_LENGTH);
    int at = X86Prefixes.read(code, offset, limit, fields);
    if (at < 0) {
      return 0;
    }
    int attributes;
    int name;
    if (fields.map == X86VectorPrefixes.OTHER) {
      attributes = X86VectorPrefixes.attributes(fields);
      name = X86VectorPrefixes.token(fields);
    } else {
      int index = X86Tables.index(fields.map, fields.alternative, fields.opcode);
      attributes = X86Tables.ATTRIBUTES[index];
      name = X86Tables.TOKENS[index];
    }
    if ((attributes & X86Attributes.MODRM) != 0) {
      at = X86Operands.readModRm(code, offset, at, limit, into);
      if (at < 0) {
        return into.clear();
      }
    }
    int group = attributes >>> X86Attributes.GROUP_SHIFT;
    if (group != 0) {
      int member = X86Operands.member(group, fields);
      attributes = X86Tables.MEMBER_ATTRIBUTES[member];
      name = X86Tables.MEMBER_TOKENS[member];
    }
    return finish(code, offset, at, limit, attributes, name, into);
  }

  private static int finish(
      byte[] code, int offset, int at, int limit, int attributes, int name, Instruction into) {
    if ((attributes & X86Attributes.MISSING) != 0) {
      return into.clear();
    }
    X86Fields fields = into.fields;
    int next = X86Operands.readNumber(code, offset, at, limit, attributes, into);
    if (next < 0) {
      return into.clear();
    }
    into.length = next - offset;
    Flow flow = X86Attributes.flowOf(attributes);
    if (flow != Flow.NEXT) {
      into.flow = flow;
    }
    if (into.memory == Memory.PC_RELATIVE) {
      into.relative = into.length + into.displacement;
      into.hasTarget = true;
    }
    fields.isByOne = fields.map == X86Tables.ONE_BYTE && (fields.opcode & 0xfe) == 0xd0;
    into.isPadding = isPadding(fields);
    X86Tokens.set(fields, into, name, attributes);
    return into.length;
  }

  private static boolean isPadding(X86Fields fields) {
    if (fields.map == X86Tables.ONE_BYTE) {
      return fields.opcode == INT3
          || (fields.opcode == NOP
              && (fields.rex & 1) == 0
              && fields.repeat != X86Fields.PREFIX_F3);
    }
    return fields.map == X86Tables.MAP_0F
        && (fields.opcode == LONG_NOP
            || (fields.opcode == ENDBR
                && fields.repeat == X86Fields.PREFIX_F3
                && (fields.modRm & 0xfe) == 0xfa));
  }

  @Override
  public long absorb(
      long hash, byte[] code, int offset, Instruction instruction, boolean isAddress) {
    int hiddenFrom = instruction.length;
    int hiddenTo = 0;
    if (instruction.memory == Memory.PC_RELATIVE
        || (isAddress && instruction.immediateSize < Integer.BYTES)) {
      hiddenFrom = instruction.displacementOffset;
      hiddenTo = hiddenFrom + instruction.displacementSize;
    } else if (instruction.hasTarget || isAddress) {
      hiddenFrom = instruction.immediateOffset;
      hiddenTo = hiddenFrom + instruction.immediateSize;
    }
    long mixed = hash;
    for (int i = 0; i < instruction.length; i++) {
      int value = i >= hiddenFrom && i < hiddenTo ? 0 : code[offset + i];
      mixed = (mixed ^ (value & 0xff)) * 0x100000001b3L; // FNV-1a, 64 bits
    }
    return mixed;
  }
}
