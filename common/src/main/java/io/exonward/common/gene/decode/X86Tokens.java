package io.exonward.common.gene.decode;

import java.util.HashMap;
import java.util.Map;

/**
 * Coarse tokens of x86-64 instructions: what an instruction does, from its mnemonic, the form of
 * its memory operand, its size and whether it has a number; without registers, numbers and
 * addresses.
 *
 * <p>What compilers use for one another is made the same: instructions that differ in encoding
 * only; vector moves of any element type; the ways to load an address, to make zero, to compare
 * with zero, to add a number. Tokens are hashes of names, so that a mnemonic more changes no other.
 */
final class X86Tokens {
  private static final int FORM_BITS = 11;

  /** Each line: the name that the token is made of, then those that mean the same. */
  private static final String SAME =
      """
      movaps movapd movups movupd movdqa movdqu lddqu
      movntps movntpd movntdq
      andps andpd pand
      andnps andnpd pandn
      orps orpd por
      xorps xorpd pxor
      mov movabs
      movlps movlps:movhlps movlpd movq mov^
      movhps movhps:movlhps movhpd
      unpcklpd punpcklqdq
      unpckhpd punpckhqdq
      unpcklps punpckldq
      unpckhps punpckhdq
      shufps pshufd
      bsf tzcnt
      bsr lzcnt
      """;

  private static final Map<String, String> CANONICAL = canonical();

  private static final int MOVE = of("mov");
  private static final int LEA = of("lea");
  private static final int ADD = of("add");
  private static final int SUB = of("sub");
  private static final int XOR = of("xor");
  private static final int VECTOR_XOR = of("xorps");
  private static final int CMP = of("cmp");
  private static final int TEST = of("test");
  private static final int INC = of("inc");
  private static final int DEC = of("dec");
  private static final int SHL = of("shl");
  private static final int ZERO = of("=0");

  // Below the name: memory 3 bits, then
  private static final int STORES = 1 << 3;
  private static final int HAS_NUMBER = 1 << 4;
  private static final int SIZE_SHIFT = 5;
  private static final int IS_WIDE_VECTOR = 1 << 7;
  private static final int IS_LOCKED = 1 << 8;
  private static final int IS_SEGMENTED = 1 << 9;
  private static final int IS_SAME_REGISTER = 1 << 10;

  private X86Tokens() {}

  /** The token of a mnemonic as the tables write it, without form. */
  static int of(String mnemonic) {
    String name = CANONICAL.getOrDefault(mnemonic, mnemonic);
    int hash = 0x811c9dc5; // FNV-1a, 32 bits
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x01000193;
    }
    return (hash ^ (hash >>> 15)) << FORM_BITS;
  }

  private static Map<String, String> canonical() {
    Map<String, String> canonical = new HashMap<>();
    SAME.lines()
        .forEach(line -> {
          String[] names = line.split(" ", -1);
          for (String name : names) {
            canonical.put(name, names[0]);
          }
        });
    return Map.copyOf(canonical);
  }

  /**
   * Sets both tokens of an instruction.
   *
   * @param name {@link #of} its mnemonic
   * @param attributes of its opcode or group member
   */
  static void set(X86Fields fields, Instruction i, int name, int attributes) {
    i.token = token(fields, i, name, attributes);
    i.addressToken = i.token;
    boolean isNumber = i.immediateKind != Immediate.NONE && i.memory == Memory.NONE;
    if (name == LEA && i.memory == Memory.PC_RELATIVE) {
      i.token = Instruction.LOAD_ADDRESS;
      i.addressToken = Instruction.LOAD_ADDRESS;
    } else if (name == MOVE && isNumber) {
      i.addressToken = Instruction.LOAD_ADDRESS;
    }
  }

  private static int token(X86Fields fields, Instruction i, int name, int attributes) {
    boolean isRegister = i.memory == Memory.NONE;
    boolean isSame =
        isRegister && (attributes & X86Attributes.TWO_REGISTERS) != 0 && fields.isSameRegister();
    boolean hasNumber = i.immediateKind != Immediate.NONE;
    if ((isSame && (name == XOR || name == SUB || name == VECTOR_XOR))
        || (name == MOVE && isRegister && hasNumber && i.immediate == 0)) {
      return ZERO | (name == VECTOR_XOR ? 1 : 0);
    }
    int form = form(fields, i, attributes, isSame);
    if (name == CMP && hasNumber && i.immediate == 0) {
      return TEST | (form & ~HAS_NUMBER) | (isRegister ? IS_SAME_REGISTER : 0);
    }
    if (name == ADD && isSame) {
      return SHL | (form & ~IS_SAME_REGISTER) | HAS_NUMBER;
    }
    if (name == SHL && fields.isByOne) {
      return SHL | form | HAS_NUMBER;
    }
    if (name == INC || name == DEC || (name == SUB && hasNumber)) {
      return ADD | form | HAS_NUMBER;
    }
    return name | form;
  }

  private static int form(X86Fields fields, Instruction i, int attributes, boolean isSame) {
    boolean isMemory = i.memory != Memory.NONE;
    int size = fields.size(attributes);
    return i.memory.code
        | (isMemory && (attributes & X86Attributes.MEMORY_FIRST) != 0 ? STORES : 0)
        | (i.immediateKind == Immediate.NONE ? 0 : HAS_NUMBER)
        | (size << SIZE_SHIFT)
        | (fields.isWide ? IS_WIDE_VECTOR : 0)
        | (fields.isLocked ? IS_LOCKED : 0)
        | (fields.hasSegment && isMemory ? IS_SEGMENTED : 0)
        | (isSame ? IS_SAME_REGISTER : 0);
  }
}
