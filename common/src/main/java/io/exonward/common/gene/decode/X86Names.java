package io.exonward.common.gene.decode;

import java.util.List;

/** Names of registers and predicates, as objdump writes them in Intel syntax. */
final class X86Names {
  private static final List<String> OLD = List.of("ax", "cx", "dx", "bx", "sp", "bp", "si", "di");
  private static final List<String> OLD_BYTES =
      List.of("al", "cl", "dl", "bl", "ah", "ch", "dh", "bh");
  private static final List<String> NEW_BYTES =
      List.of("al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil");
  private static final List<String> SEGMENTS =
      List.of("es", "cs", "ss", "ds", "fs", "gs", "?", "?");
  private static final List<String> PREDICATES =
      List.of(
          ("eq lt le unord neq nlt nle ord eq_uq nge ngt false neq_oq ge gt true eq_os lt_oq le_oq"
                  + " unord_s neq_us nlt_uq nle_uq ord_s eq_us nge_uq ngt_uq false_os neq_os ge_oq"
                  + " gt_oq true_us")
              .split(" ", -1));

  private X86Names() {}

  /**
   * A general register.
   *
   * @param bits 8, 16, 32 or 64
   * @param isNew whether there is a REX prefix, which gives bytes other names
   */
  static String general(int number, int bits, boolean isNew) {
    if (number >= OLD.size()) {
      return "r" + number + (bits == 8 ? "b" : bits == 16 ? "w" : bits == 32 ? "d" : "");
    }
    return switch (bits) {
      case 8 -> (isNew ? NEW_BYTES : OLD_BYTES).get(number);
      case 16 -> OLD.get(number);
      case 32 -> "e" + OLD.get(number);
      default -> "r" + OLD.get(number);
    };
  }

  static String segment(int number) {
    return SEGMENTS.get(number & 7);
  }

  /** By its prefix byte. */
  static String segmentPrefix(int prefix) {
    return switch (prefix) {
      case 0x26 -> "es";
      case 0x2e -> "cs";
      case 0x36 -> "ss";
      case 0x3e -> "ds";
      case 0x64 -> "fs";
      default -> "gs";
    };
  }

  /** Of a comparison of vectors; empty if it has no name. */
  static String predicate(long number, boolean isVex) {
    int known = isVex ? PREDICATES.size() : 8;
    return number >= 0 && number < known ? PREDICATES.get((int) number) : "";
  }

  /** Size of memory, with the words that go before it; empty for none. */
  static String pointer(int bits) {
    return switch (bits) {
      case 8 -> "BYTE PTR ";
      case 16 -> "WORD PTR ";
      case 32 -> "DWORD PTR ";
      case 48 -> "FWORD PTR ";
      case 64 -> "QWORD PTR ";
      case 80 -> "TBYTE PTR ";
      case 128 -> "XMMWORD PTR ";
      case 256 -> "YMMWORD PTR ";
      default -> "";
    };
  }
}
