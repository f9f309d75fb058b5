package io.exonward.common.gene.decode;

/**
 * Opcodes of one byte in 64-bit mode (Intel SDM volume 2, appendix A, table A-2). {@link X86Form}
 * explains the notation.
 */
final class X86OneByteMap {
  static final String ROWS =
      """
      =add | - | -
      =or | - | !
      =adc | - | -
      =sbb | - | -
      =and | > | -
      =sub | > | -
      =xor | > | -
      =cmp | > | -
      16*>
      8*push Zq
      8*pop Zq
      - | - | ! | movsxd Gv,Ed | > | > | > | >
      push Iz | imul Gv,Ev,Iz | push Is | imul Gv,Ev,Is
      ins Yb,dx | ins Yz,dx | outs dx,Xb | outs dx,Xz
      16*j? Jb
      #1 Eb,Ib | #1 Ev,Iz | - | #1 Ev,Is | test Eb,Gb | test Ev,Gv | xchg Eb,Gb | xchg Ev,Gv
      mov Eb,Gb | mov Ev,Gv | mov Gb,Eb | mov Gv,Ev | mov Ek,Sw | lea Gv,Mn | mov Sw,Ek | #1a Eq
      8*xchg Zv,rAX
      {cbw,cwde,cdqe} | {cwd,cdq,cqo} | - | fwait | pushf | popf | sahf | lahf
      movabs al,Ob | movabs rAX,Ov | movabs Ob,al | movabs Ov,rAX
      movs Yb,Xb | movs Yv,Xv | cmps Xb,Yb | cmps Xv,Yv
      test al,Ib | test rAX,Iz | stos Yb,al | stos Yv,rAX
      lods al,Xb | lods rAX,Xv | scas al,Yb | scas rAX,Yv
      8*mov Zb,Ib
      8*mov Zv,Iv
      #2 Eb,Ib | #2 Ev,Ib | ret Iw | ret | ! | ! | #11b Eb,Ib | #11v Ev,Iz
      enter Iw,Ib | leave | retf Iw | {retfw,retf,retf} | int3 | int Ib | - | {iretw,iret,iretq}
      #2 Eb,1 | #2 Ev,1 | #2 Eb,cl | #2 Ev,cl | - | - | - | xlat Xt
      #x0 Ed | #x1 Ed | #x2 Ed | #x3 Ed | #x4 Eq | #x5 Eq | #x6 Ew | #x7 Ew
      loopne Jb | loope Jb | loop Jb | jrcxz Jb | in al,Ib | in eax,Ib | out Ib,al | out Ib,eax
      call Jz | jmp Jz | - | jmp Jb | in al,dx | in eax,dx | out dx,al | out dx,eax
      > | int1 | > | > | hlt | cmc | #3b Eb | #3v Ev
      clc | stc | cli | sti | cld | std | #4 Eb | #5 Ev
      """;

  private X86OneByteMap() {}
}
