package io.exonward.common.gene.decode;

/** Writes the operands of one x86-64 instruction. {@link X86Form} explains their notation. */
final class X86OperandText {
  private final Instruction instruction;
  private final X86Fields fields;
  private final long address;
  private final int lastByte;

  X86OperandText(Instruction instruction, int lastByte, long address) {
    this.instruction = instruction;
    this.fields = instruction.fields;
    this.lastByte = lastByte;
    this.address = address;
  }

  /** Empty if it is not written. */
  String of(String operand) {
    char size = operand.length() > 1 ? operand.charAt(1) : 'n';
    if (Character.isLowerCase(operand.charAt(0)) || operand.charAt(0) == '1') {
      return operand.equals("rAX") ? general(0, bits('v')) : operand;
    }
    return switch (operand.charAt(0)) {
      case 'E', 'M' -> place(size, general(fields.rm(), registerBits(size)));
      case 'R' -> general(fields.rm(), 64);
      case 'G' -> general(fields.reg(), registerBits(size));
      case 'Z' ->
          general(fields.opcodeRegister(), size == 'q' && fields.isOperand16 ? 16 : bits(size));
      case 'B' -> general(fields.vvvv, bits(size));
      case 'S' -> X86Names.segment(fields.reg());
      case 'C' -> "cr" + fields.reg();
      case 'D' -> "db" + fields.reg();
      case 'V' -> vector(fields.reg(), size);
      case 'H' ->
          !fields.isVex || (size == 'r' && fields.modRm < 0xc0) ? "" : vector(fields.vvvv, size);
      case 'L' -> vector((lastByte >> 4) & 15, size);
      case 'W', 'U' -> place(size, vector(fields.rm(), size));
      case 'P' -> "mm" + (fields.reg() & 7);
      case 'Q', 'N' -> place(size, "mm" + (fields.rm() & 7));
      case 'T' -> "st(" + (fields.modRm & 7) + ")";
      case 'X' -> X86Names.pointer(bits(size)) + string(fields.segment, size);
      case 'Y' -> X86Names.pointer(bits(size)) + "es:[" + index("di") + "]";
      case 'O' -> segment("ds") + "0x" + Long.toHexString(instruction.displacement);
      case 'J' -> Long.toHexString(instruction.target(address));
      default -> number(size);
    };
  }

  private String string(int prefix, char size) {
    String name = prefix == 0 ? "ds" : X86Names.segmentPrefix(prefix);
    return name + ":[" + index(size == 't' ? "bx" : "si") + "]";
  }

  private String index(String name) {
    return (fields.isAddress32 ? "e" : "r") + name;
  }

  private String general(int number, int bits) {
    return X86Names.general(number, bits, fields.hasRex || fields.isVex);
  }

  private String vector(int number, char size) {
    return (size == 'x' && fields.isWide ? "ymm" : "xmm") + number;
  }

  private String place(char size, String register) {
    return fields.modRm >= 0xc0 ? register : X86Names.pointer(bits(size)) + memory();
  }

  private int registerBits(char size) {
    return size == 'k' || size == 'j' ? 32 : bits(size);
  }

  /** Bits of a size letter. */
  private int bits(char size) {
    boolean is64 = fields.isWide64();
    boolean is16 = fields.isOperand16 && !is64;
    int vector = fields.isWide ? 256 : 128;
    return switch (size) {
      case 'b', 'j', 't' -> size == 't' && isFloat() ? 80 : 8;
      case 'w', 'k' -> 16;
      case 'd' -> 32;
      case 'q' -> 64;
      case 'v' -> is64 ? 64 : is16 ? 16 : 32;
      case 'y' -> is64 ? 64 : 32;
      case 'z' -> fields.opcode == 0xff ? 48 : is16 ? 16 : 32;
      case 'o' -> 128;
      case 'x' -> vector;
      case 'h' -> vector / 2;
      case 'f' -> vector / 4;
      case 'e' -> vector / 8;
      default -> 0;
    };
  }

  private boolean isFloat() {
    return fields.map == X86Tables.ONE_BYTE && (fields.opcode & 0xf8) == 0xd8;
  }

  private String number(char size) {
    long value = instruction.immediate;
    long shown =
        switch (size) {
          case 'b', 't' -> value & 0xff;
          case 'w' -> value & 0xffff;
          default -> masked(value);
        };
    return "0x" + Long.toHexString(shown);
  }

  /** Sign-extended to the size of the operation. */
  private long masked(long value) {
    boolean isPush = fields.opcode == 0x68 || fields.opcode == 0x6a;
    boolean isByte =
        fields.map == X86Tables.ONE_BYTE
            && instruction.immediateSize == 1
            && !isPush
            && (fields.opcode & 0xfd) != 0x69
            && fields.opcode != 0x83;
    int bits = isByte ? 8 : isPush && !fields.isOperand16 ? 64 : bits('v');
    return bits == 64 ? value : value & ((1L << bits) - 1);
  }

  private String segment(String otherwise) {
    if (fields.hasSegment) {
      return X86Names.segmentPrefix(fields.segment) + ":";
    }
    return otherwise.isEmpty() ? "" : otherwise + ":";
  }

  /** What the brackets have. */
  private String memory() {
    long displacement = instruction.displacement;
    if (instruction.memory == Memory.PC_RELATIVE) {
      return segment("") + "[" + index("ip") + signed(displacement) + "]";
    }
    if (instruction.memory == Memory.ABSOLUTE) {
      return segment("ds") + "0x" + Long.toHexString(displacement);
    }
    StringBuilder text = new StringBuilder(segment("")).append('[');
    if (fields.base != X86Fields.NONE) {
      text.append(X86Names.general(fields.base, addressBits(), true));
    }
    if (fields.index != X86Fields.NONE) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : "+")
          .append(X86Names.general(fields.index, addressBits(), true))
          .append('*')
          .append(1 << fields.scale);
    } else if ((fields.modRm & 7) == 4 && (fields.base & 7) != X86Fields.RSP) {
      text.append("+")
          .append(fields.isAddress32 ? "eiz" : "riz")
          .append('*')
          .append(1 << fields.scale);
    }
    return text.append(instruction.displacementSize == 0 ? "" : signed(displacement))
        .append(']')
        .toString();
  }

  private int addressBits() {
    return fields.isAddress32 ? 32 : 64;
  }

  private static String signed(long value) {
    return value < 0 ? "-0x" + Long.toHexString(-value) : "+0x" + Long.toHexString(value);
  }
}
