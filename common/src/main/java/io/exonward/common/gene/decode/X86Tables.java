package io.exonward.common.gene.decode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The opcode maps as arrays that the decoder reads: one {@link X86Form}, one {@link X86Attributes
 * attribute word} and one token for each map, prefix (none, 66, f3, f2) and opcode, and for each
 * member of each group.
 */
final class X86Tables {
  static final int ONE_BYTE = 0;
  static final int MAP_0F = 1;
  static final int MAP_38 = 2;
  static final int MAP_3A = 3;

  /** Added to a map's number for its meaning under a VEX prefix. */
  static final int VEX = 3;

  private static final int MAPS = 7;
  private static final int PREFIXES = 4;
  private static final int OPCODES = 256;

  static final X86Form[] FORMS = forms();

  /**
   * The forms that name a group; a group's number is its place here, from 1 on. One of the x87 is
   * followed by that of the same opcode without memory.
   */
  private static final List<X86Form> GROUPS =
      Arrays.stream(FORMS)
          .filter(X86Form::isGroup)
          .distinct()
          .flatMap(f -> f.isX87() ? Stream.of(f, f.withoutMemory()) : Stream.of(f))
          .toList();

  static final int[] ATTRIBUTES =
      Arrays.stream(FORMS)
          .mapToInt(
              f -> X86Attributes.of(f) | ((GROUPS.indexOf(f) + 1) << X86Attributes.GROUP_SHIFT))
          .toArray();
  static final int[] TOKENS = tokens(FORMS);

  /** By the group's number times eight plus the member's. */
  static final X86Form[] MEMBER_FORMS = memberForms();

  static final int[] MEMBER_ATTRIBUTES =
      Arrays.stream(MEMBER_FORMS).mapToInt(X86Attributes::ofMember).toArray();
  static final int[] MEMBER_TOKENS = tokens(MEMBER_FORMS);

  private X86Tables() {}

  static int index(int map, int prefix, int opcode) {
    return (map << 10) | (prefix << 8) | opcode;
  }

  private static X86Form[] forms() {
    X86Form[] forms = new X86Form[MAPS * PREFIXES * OPCODES];
    Arrays.fill(forms, X86Form.NONE);
    fill(forms, ONE_BYTE, X86OneByteMap.ROWS);
    fill(forms, MAP_0F, X86TwoByteMap.ROWS);
    fill(forms, MAP_38, X86ThreeByteMaps.ROWS_38);
    fill(forms, MAP_3A, X86ThreeByteMaps.ROWS_3A);
    return forms;
  }

  private static void fill(X86Form[] forms, int map, String rows) {
    List<String> cells = X86Form.cells(rows);
    if (cells.size() != OPCODES) {
      throw new IllegalStateException("map " + map + " has " + cells.size() + " cells");
    }
    for (int opcode = 0; opcode < OPCODES; opcode++) {
      String[] meanings = cells.get(opcode).split("~", 2);
      for (int prefix = 0; prefix < PREFIXES; prefix++) {
        forms[index(map, prefix, opcode)] = alternative(meanings[0], prefix);
        if (map != ONE_BYTE) {
          forms[index(map + VEX, prefix, opcode)] = vex(meanings, prefix);
        }
      }
    }
  }

  private static X86Form vex(String[] meanings, int prefix) {
    if (meanings.length == 2) {
      return alternative(meanings[1] + ";-", prefix);
    }
    X86Form form = alternative(meanings[0], prefix);
    return form.mnemonic().startsWith("(v)") ? form : X86Form.NONE;
  }

  /** The only one is for all prefixes. */
  private static X86Form alternative(String cell, int prefix) {
    String[] alternatives = cell.split(";", -1);
    String text =
        alternatives.length == 1
            ? alternatives[0]
            : prefix < alternatives.length ? alternatives[prefix] : "";
    return text.isBlank() ? X86Form.NONE : X86Form.of(text);
  }

  private static X86Form[] memberForms() {
    X86Form[] members = new X86Form[(GROUPS.size() + 1) * X86Groups.SIZE];
    Arrays.fill(members, X86Form.NONE);
    for (int group = 0; group < GROUPS.size(); group++) {
      X86Form form = GROUPS.get(group);
      List<String> texts = X86Groups.members(form.groupName());
      for (int i = 0; i < X86Groups.SIZE; i++) {
        members[(group + 1) * X86Groups.SIZE + i] = form.member(texts.get(i));
      }
    }
    return members;
  }

  private static int[] tokens(X86Form[] forms) {
    return Arrays.stream(forms).mapToInt(f -> X86Tokens.of(f.plainMnemonic())).toArray();
  }
}
