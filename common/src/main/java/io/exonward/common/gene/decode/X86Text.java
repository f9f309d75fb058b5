package io.exonward.common.gene.decode;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes one x86-64 instruction in Intel syntax, as {@code objdump -M intel} does. */
final class X86Text {
  private static final List<String> FLOAT_NAMES =
      List.of(
          ("d9d0 fnop d9e0 fchs d9e1 fabs d9e4 ftst d9e5 fxam d9e8 fld1 d9e9 fldl2t d9ea fldl2e"
                  + " d9eb fldpi d9ec fldlg2 d9ed fldln2 d9ee fldz d9f0 f2xm1 d9f1 fyl2x d9f2 fptan"
                  + " d9f3 fpatan d9f4 fxtract d9f5 fprem1 d9f6 fdecstp d9f7 fincstp d9f8 fprem"
                  + " d9f9 fyl2xp1 d9fa fsqrt d9fb fsincos d9fc frndint d9fd fscale d9fe fsin"
                  + " d9ff fcos dae9 fucompp dbe2 fnclex dbe3 fninit ded9 fcompp dfe0 fnstsw")
              .split(" ", -1));

  /** Of 0f 01, by ModRM. */
  private static final List<String> SYSTEM_NAMES =
      List.of(
          "d0 xgetbv d1 xsetbv d5 xend d6 xtest ee rdpkru ef wrpkru f8 swapgs f9 rdtscp c1 vmcall"
              .split(" ", -1));

  private final byte[] code;
  private final int offset;
  private final Instruction instruction;
  private final X86Fields fields;
  private final long address;
  private final X86Form form;

  X86Text(byte[] code, int offset, Instruction instruction, long address) {
    this.code = code;
    this.offset = offset;
    this.instruction = instruction;
    this.fields = instruction.fields;
    this.address = address;
    this.form = form(fields);
  }

  private static X86Form form(X86Fields fields) {
    if (fields.map == X86VectorPrefixes.OTHER || fields.isEvex) {
      return X86Form.NONE;
    }
    int index = X86Tables.index(fields.map, fields.alternative, fields.opcode);
    int group = X86Tables.ATTRIBUTES[index] >>> X86Attributes.GROUP_SHIFT;
    return group == 0
        ? X86Tables.FORMS[index]
        : X86Tables.MEMBER_FORMS[X86Operands.member(group, fields)];
  }

  /** The bytes in parentheses if the instruction has no name here. */
  String text() {
    String special = special();
    if (!special.isEmpty()) {
      return special;
    }
    String name = mnemonic();
    if (name.startsWith("-") || name.startsWith("$")) {
      return "(" + HexFormat.of().formatHex(code, offset, offset + instruction.length) + ")";
    }
    StringBuilder text = new StringBuilder(prefixes()).append(name);
    String operands = operands();
    if (!operands.isEmpty()) {
      text.append(" ".repeat(Math.max(0, 6 - text.length()))).append(' ').append(operands);
    }
    if (instruction.memory == Memory.PC_RELATIVE) {
      text.append("        # ").append(Long.toHexString(instruction.target(address)));
    }
    return text.toString();
  }

  /** Instructions that are no member of any pattern. */
  private String special() {
    int opcode = fields.opcode;
    if (fields.map == X86Tables.ONE_BYTE) {
      if (opcode == 0x90 && (fields.rex & 1) == 0 && !fields.isOperand16) {
        boolean isPause = fields.repeat == X86Fields.PREFIX_F3;
        return isPause ? "pause" : fields.hasRex ? "" : "nop";
      }
      return (opcode & 0xf8) == 0xd8 && fields.modRm >= 0xc0 ? floating() : "";
    }
    if (fields.map == X86Tables.MAP_0F && opcode == 0x1e && fields.repeat == X86Fields.PREFIX_F3) {
      return fields.modRm == 0xfa ? "endbr64" : fields.modRm == 0xfb ? "endbr32" : shadowStack();
    }
    if (fields.map == X86Tables.MAP_0F && opcode == 0x01) {
      int at = SYSTEM_NAMES.indexOf("%02x".formatted(fields.modRm));
      return at < 0 ? "" : SYSTEM_NAMES.get(at + 1);
    }
    return fields.map == X86Tables.MAP_0F + X86Tables.VEX && opcode == 0x77 && fields.isWide
        ? "vzeroall"
        : "";
  }

  private String shadowStack() {
    boolean isRead = fields.member() == 1 && fields.modRm >= 0xc0;
    String register = X86Names.general(fields.rm(), fields.isWide64() ? 64 : 32, true);
    return isRead ? (fields.isWide64() ? "rdsspq " : "rdsspd ") + register : "";
  }

  private String floating() {
    int at = FLOAT_NAMES.indexOf("%02x%02x".formatted(fields.opcode, fields.modRm));
    String name = at < 0 ? "" : FLOAT_NAMES.get(at + 1);
    return name.equals("fnstsw") ? "fnstsw ax" : name;
  }

  private String mnemonic() {
    String name =
        form.mnemonic().startsWith("(v)")
            ? (fields.isVex ? "v" : "") + form.plainMnemonic()
            : form.mnemonic();
    int colon = name.indexOf(':');
    if (colon >= 0) {
      boolean isRegister = fields.modRm >= 0xc0;
      String prefix = fields.isVex && isRegister ? "v" : "";
      name = isRegister ? prefix + name.substring(colon + 1) : name.substring(0, colon);
    }
    if (name.startsWith("{")) {
      String[] names = name.substring(1, name.length() - 1).split(",", -1);
      name = names[fields.isWide64() ? 2 : fields.isOperand16 ? 0 : 1];
    }
    if (name.equals("mov") && instruction.immediateSize == Long.BYTES) {
      return "movabs";
    }
    name =
        name.replace("^", fields.isWide64() ? "q" : "d")
            .replace("*", fields.isWide64() ? "d" : "s");
    return wide(name).replace("+", predicate());
  }

  /** Those that say in their name that REX.W is there. */
  private String wide(String name) {
    if (!fields.isWide64() || fields.modRm >= 0xc0 || fields.map != X86Tables.MAP_0F) {
      return name;
    }
    return switch (name) {
      case "cmpxchg8b" -> "cmpxchg16b";
      case "fxsave", "fxrstor", "xsave", "xrstor", "xsaveopt", "xsavec", "xsaves", "xrstors" ->
          name + "64";
      default -> name;
    };
  }

  private String predicate() {
    if (!form.mnemonic().contains("pclmul")) {
      return X86Names.predicate(instruction.immediate & 0xff, fields.isVex);
    }
    return switch ((int) instruction.immediate) {
      case 0x00 -> "lqlq";
      case 0x01 -> "hqlq";
      case 0x10 -> "lqhq";
      case 0x11 -> "hqhq";
      default -> "q";
    };
  }

  private String operands() {
    boolean isNamed =
        form.mnemonic().contains("+") && !predicate().isEmpty() && !predicate().equals("q");
    X86OperandText texts =
        new X86OperandText(instruction, code[offset + instruction.length - 1], address);
    List<String> written = new ArrayList<>();
    for (String operand : form.operands()) {
      String text = isNamed && operand.equals("Ib") ? "" : texts.of(operand);
      if (!text.isEmpty()) {
        written.add(text);
      }
    }
    return fields.modRm >= 0xe8 && form.mnemonic().endsWith("fence")
        ? ""
        : String.join(",", written);
  }

  /** Prefixes that change what is done, and those without effect as objdump shows them. */
  private String prefixes() {
    StringBuilder text = new StringBuilder();
    boolean isIndirect =
        instruction.flow == Flow.INDIRECT_JUMP || instruction.flow == Flow.INDIRECT_CALL;
    int sizes = 0;
    for (int i = 0; i < fields.prefixBytes; i++) {
      int prefix = code[offset + i] & 0xff;
      switch (prefix) {
        case 0xf0 -> text.append("lock ");
        case 0xf2, 0xf3 -> text.append(repeat());
        case 0x66 -> sizes++;
        case 0x3e -> text.append(isIndirect ? "notrack " : "ds ");
        case 0x26, 0x2e, 0x36 -> text.append(X86Names.segmentPrefix(prefix)).append(' ');
        default -> {}
      }
    }
    boolean isSized = form.sizes().chars().anyMatch(c -> "vz".indexOf(c) >= 0) || fields.map != 0;
    boolean isUsed = isSized && !fields.isWide64();
    return "data16 ".repeat(Math.max(0, isUsed ? sizes - 1 : sizes)) + text;
  }

  private String repeat() {
    boolean isRepnz = fields.repeat == X86Fields.PREFIX_F2;
    return switch (form.plainMnemonic()) {
      case "movs", "stos", "lods", "ins", "outs" -> isRepnz ? "repnz " : "rep ";
      case "cmps", "scas", "ret" ->
          isRepnz && instruction.flow == Flow.RETURN ? "bnd " : isRepnz ? "repnz " : "repz ";
      default ->
          instruction.flow != Flow.NEXT && isRepnz
              ? "bnd "
              : fields.map == X86Tables.ONE_BYTE ? isRepnz ? "repnz " : "repz " : "";
    };
  }
}
