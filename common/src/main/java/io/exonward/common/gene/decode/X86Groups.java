package io.exonward.common.gene.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What bits 3 to 5 of ModRM choose (Intel SDM volume 2, appendix A, table A-6). A member with
 * operands of its own overrides those of the opcode; one may have a name for memory and one for
 * registers, see {@link X86Form}.
 */
final class X86Groups {
  /** Members of a group. */
  static final int SIZE = 8;

  private static final String ROWS =
      """
      1: add | or | adc | sbb | and | sub | xor | cmp
      1a: pop | - | - | - | - | - | - | -
      2: rol | ror | rcl | rcr | shl | shr | shl | sar
      3b: test Eb,Ib | test Eb,Ib | not | neg | mul | imul | div | idiv
      3v: test Ev,Iz | test Ev,Iz | not | neg | mul | imul | div | idiv
      4: inc | dec | - | - | - | - | - | -
      5: inc | dec | call Eq | call Mz | jmp Eq | jmp Mz | push Eq | -
      6: sldt | str | lldt | ltr | verr | verw | - | -
      7: sgdt | sidt | lgdt | lidt | smsw Ew | rstorssp Mq | lmsw Ew | invlpg Mb
      8: - | - | - | - | bt | bts | btr | btc
      9: - | cmpxchg8b | - | xrstors | xsavec | xsaves | vmptrld:rdrand Ev | vmptrst:rdseed Ev
      11b: mov | - | - | - | - | - | - | -:xabort Ib
      11v: mov | - | - | - | - | - | - | -:xbegin Jz
      12: - | - | psrlw | - | psraw | - | psllw | -
      13: - | - | psrld | - | psrad | - | pslld | -
      14: - | - | psrlq | psrldq | - | - | psllq | pslldq
      15: fxsave:rdfsbase | fxrstor:rdgsbase | ldmxcsr:wrfsbase Md | stmxcsr:wrgsbase Md | xsave:ptwrite \
          | xrstor:lfence | xsaveopt:mfence | clflush:sfence Mb
      16: prefetchnta:nop | prefetcht0:nop | prefetcht1:nop | prefetcht2:nop \
          | nop Ev | nop Ev | prefetchit1:nop | prefetchit0:nop
      17: - | blsr | blsmsk | blsi | - | - | - | -
      p: prefetch | prefetchw | prefetchwt1 | prefetch | prefetch | prefetch | prefetch | prefetch
      kw: keylocker | keylocker | keylocker | keylocker | - | - | - | -
      x0: fadd | fmul | fcom | fcomp | fsub | fsubr | fdiv | fdivr
      x1: fld | - | fst | fstp | fldenv En | fldcw Ew | fnstenv En | fnstcw Ew
      x2: fiadd | fimul | ficom | ficomp | fisub | fisubr | fidiv | fidivr
      x3: fild | fisttp | fist | fistp | - | fld Et | - | fstp Et
      x4: fadd | fmul | fcom | fcomp | fsub | fsubr | fdiv | fdivr
      x5: fld | fisttp | fst | fstp | frstor En | - | fnsave En | fnstsw Ew
      x6: fiadd | fimul | ficom | ficomp | fisub | fisubr | fidiv | fidivr
      x7: fild | fisttp | fist | fistp | fbld Et | fild Eq | fbstp Et | fistp Eq
      y0: fadd st,Ti | fmul st,Ti | fcom Ti | fcomp Ti \
          | fsub st,Ti | fsubr st,Ti | fdiv st,Ti | fdivr st,Ti
      y1: fld Ti | fxch Ti | $ | - | $ | $ | $ | $
      y2: fcmovb st,Ti | fcmove st,Ti | fcmovbe st,Ti | fcmovu st,Ti | - | $ | - | -
      y3: fcmovnb st,Ti | fcmovne st,Ti | fcmovnbe st,Ti | fcmovnu st,Ti \
          | $ | fucomi st,Ti | fcomi st,Ti | -
      y4: fadd Ti,st | fmul Ti,st | fcom Ti | fcomp Ti \
          | fsubr Ti,st | fsub Ti,st | fdivr Ti,st | fdiv Ti,st
      y5: ffree Ti | fxch Ti | fst Ti | fstp Ti | fucom Ti | fucomp Ti | - | -
      y6: faddp Ti,st | fmulp Ti,st | fcomp Ti | $ \
          | fsubrp Ti,st | fsubp Ti,st | fdivrp Ti,st | fdivp Ti,st
      y7: ffreep Ti | fxch Ti | fstp Ti | fstp Ti | $ | fucomip st,Ti | fcomip st,Ti | -
      """;

  private static final Map<String, List<String>> BY_NAME = parse();

  private X86Groups() {}

  private static Map<String, List<String>> parse() {
    Map<String, List<String>> groups = new HashMap<>();
    ROWS.lines()
        .forEach(row -> {
          int colon = row.indexOf(':');
          List<String> members =
              List.of(row.substring(colon + 1).split("\\|", -1)).stream()
                  .map(String::strip)
                  .toList();
          groups.put(row.substring(0, colon), members);
        });
    return Map.copyOf(groups);
  }

  /** The eight members; null elements do not occur. */
  static List<String> members(String name) {
    List<String> members = BY_NAME.get(name);
    if (members == null || members.size() != SIZE) {
      throw new IllegalStateException("no group of eight is named " + name);
    }
    return members;
  }
}
