package io.exonward.common.gene.decode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the tables say of one opcode: a mnemonic and its operands, in the notation of the Intel SDM
 * volume 2, appendix A, made compact.
 *
 * <p>A row has the cells of consecutive opcodes, separated by {@code |}. A cell is {@code mnemonic
 * operand,operand}; {@code -} is not an instruction, {@code >} a prefix, {@code !} leads to another
 * map. Before a cell, {@code 8*} repeats it, {@code ?} in it stands for the sixteen conditions;
 * {@code =add} are the six forms of an arithmetic instruction, {@code @pand} an MMX instruction
 * that 66 turns into one of SSE2, {@code %add} one on packed and scalar floats. Alternatives by
 * prefix (none, 66, f3, f2) are separated by {@code ;}, those for VEX follow {@code ~}. A mnemonic
 * that starts with {@code (v)} is for VEX, too; {@code #} names a group. {@code {a,b,c}} goes by
 * operand size 16, 32, 64, {@code ^} is d or q and {@code *} s or d by W, {@code $} a name by the
 * whole ModRM, {@code +} a predicate by the immediate, {@code a:b} a with memory and b with a
 * register.
 *
 * <p>Operands: E general register or memory, G general register, M memory, R general register in
 * place of E, S segment, C control, D debug register, V vector, W vector or memory, U vector in
 * place of W, H vector of VEX (Hr: only without memory), L vector of the immediate, P, Q, N the
 * same for MMX, B general register of VEX, Z register in the opcode, X and Y strings, O memory
 * without ModRM, I immediate, J relative. Sizes: b, w, d, q bytes to 64 bits, v 16 to 64, y 32 or
 * 64, z 16 or 32, o 128, x 128 or 256, h, f, e a half, quarter, eighth of x, t 80, n none, s a
 * signed byte, k and j 32 bits of a register but 16 and 8 of memory. Ti is a register of the x87.
 * Lower case is a register's name.
 *
 * @param mnemonic with the signs above
 */
record X86Form(String mnemonic, List<String> operands) {
  static final X86Form NONE = new X86Form("-", List.of());

  private static final List<String> CONDITIONS =
      List.of(
          "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g");

  X86Form {
    operands = List.copyOf(operands);
  }

  /** Of {@code mnemonic operand,operand}. */
  static X86Form of(String text) {
    String[] words = text.strip().split(" ", 2);
    return new X86Form(words[0], words.length == 1 ? List.of() : List.of(words[1].split(",")));
  }

  /** With the name and, if it has any, the operands of a member of its group. */
  X86Form member(String text) {
    X86Form member = of(text);
    return new X86Form(member.mnemonic, member.operands.isEmpty() ? operands : member.operands);
  }

  boolean isMissing() {
    return mnemonic.equals("-");
  }

  boolean isGroup() {
    return mnemonic.startsWith("#") || mnemonic.startsWith("(v)#");
  }

  /** Whether it is a group of the x87: without memory its members are other ones. */
  boolean isX87() {
    return mnemonic.startsWith("#x");
  }

  X86Form withoutMemory() {
    return new X86Form("#y" + mnemonic.substring(2), List.of());
  }

  String groupName() {
    return mnemonic.substring(mnemonic.indexOf('#') + 1);
  }

  /** Without the sign that it is for VEX, too. */
  String plainMnemonic() {
    return mnemonic.startsWith("(v)") ? mnemonic.substring(3) : mnemonic;
  }

  /** Whether any operand is in ModRM. */
  boolean hasModRm() {
    return operands.stream().anyMatch(o -> "EGMRSCDVWUPQN".indexOf(o.charAt(0)) >= 0);
  }

  /** Whether bits 3 to 5 of ModRM are an operand. */
  boolean hasRegisterField() {
    return operands.stream().anyMatch(o -> "GVP".indexOf(o.charAt(0)) >= 0);
  }

  boolean hasOperand(String operand) {
    return operands.contains(operand);
  }

  boolean isMemoryFirst() {
    return !operands.isEmpty() && "EMWQ".indexOf(operands.getFirst().charAt(0)) >= 0;
  }

  /** The sizes of the operands that have any. */
  String sizes() {
    StringBuilder sizes = new StringBuilder();
    for (String operand : operands) {
      if (Character.isUpperCase(operand.charAt(0))) {
        sizes.append(operand.charAt(1));
      } else if (operand.equals("rAX")) {
        sizes.append('v');
      }
    }
    return sizes.toString();
  }

  /** Whether it works on bytes: its first operand is one. */
  boolean hasByteRegister() {
    String first = operands.isEmpty() ? "" : operands.getFirst();
    return "Eb Gb Zb Xb Yb Ob al".contains(first) && !first.isEmpty();
  }

  /** The cells of a map, in the order of opcodes, shorthand written out. */
  static List<String> cells(String rows) {
    return Arrays.stream(rows.split("[|\n]"))
        .map(String::strip)
        .flatMap(cell -> expand(cell).stream())
        .toList();
  }

  private static List<String> expand(String cell) {
    String name = cell.substring(1);
    return switch (cell.charAt(0)) {
      case '=' -> arithmetic(name);
      case '@' -> List.of("%s Pq,Qq;(v)%s Vx,Hx,Wx".formatted(name, name));
      case '%' -> List.of(floating(name));
      default -> repeat(cell);
    };
  }

  private static List<String> arithmetic(String name) {
    return List.of(
        name + " Eb,Gb",
        name + " Ev,Gv",
        name + " Gb,Eb",
        name + " Gv,Ev",
        name + " al,Ib",
        name + " rAX,Iz");
  }

  private static String floating(String name) {
    return "(v)%sps Vx,Hx,Wx;(v)%spd Vx,Hx,Wx;(v)%sss Vo,Ho,Wd;(v)%ssd Vo,Ho,Wq"
        .formatted(name, name, name, name);
  }

  private static List<String> repeat(String cell) {
    int star = cell.indexOf('*');
    if (star <= 0 || !Character.isDigit(cell.charAt(0))) {
      return List.of(cell);
    }
    String repeated = cell.substring(star + 1).strip();
    int times = Integer.parseInt(cell.substring(0, star));
    return IntStream.range(0, times).mapToObj(i -> repeated.replace("?", condition(i))).toList();
  }

  /** The condition with that number (Intel SDM volume 2, B.1.4.7). */
  static String condition(int number) {
    return CONDITIONS.get(number);
  }
}
