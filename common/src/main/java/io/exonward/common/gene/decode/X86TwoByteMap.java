package io.exonward.common.gene.decode;

/**
 * Opcodes after 0f (Intel SDM volume 2, appendix A, table A-3; AMD APM volume 3, appendix A).
 * {@link X86Form} explains the notation.
 */
final class X86TwoByteMap {
  static final String ROWS =
      """
      #6 Ew | #7 Mn | lar Gv,Ew | lsl Gv,Ew | - | syscall | clts | {sysretw,sysretd,sysretq}
      invd | wbinvd | - | ud2 | - | #p Mb | femms | 3dnow Pq,Qq,It
      (v)movups Vx,Wx;(v)movupd Vx,Wx;(v)movss Vo,Hr,Wd;(v)movsd Vo,Hr,Wq
      (v)movups Wx,Vx;(v)movupd Wx,Vx;(v)movss Wd,Hr,Vo;(v)movsd Wq,Hr,Vo
      (v)movlps:movhlps Vo,Ho,Wq;(v)movlpd Vo,Ho,Wq;(v)movsldup Vx,Wx;(v)movddup Vx,Wh
      (v)movlps Wq,Vo;(v)movlpd Wq,Vo
      (v)unpcklps Vx,Hx,Wx;(v)unpcklpd Vx,Hx,Wx
      (v)unpckhps Vx,Hx,Wx;(v)unpckhpd Vx,Hx,Wx
      (v)movhps:movlhps Vo,Ho,Wq;(v)movhpd Vo,Ho,Wq;(v)movshdup Vx,Wx
      (v)movhps Wq,Vo;(v)movhpd Wq,Vo
      #16 Mb | nop Ev | nop Ev | nop Ev | nop Ev | nop Ev | nop Ev | nop Ev
      mov Rq,Cq | mov Rq,Dq | mov Cq,Rq | mov Dq,Rq | - | - | - | -
      (v)movaps Vx,Wx;(v)movapd Vx,Wx
      (v)movaps Wx,Vx;(v)movapd Wx,Vx
      cvtpi2ps Vo,Qq;cvtpi2pd Vo,Qq;(v)cvtsi2ss Vo,Ho,Ey;(v)cvtsi2sd Vo,Ho,Ey
      (v)movntps Wx,Vx;(v)movntpd Wx,Vx
      cvttps2pi Pq,Wq;cvttpd2pi Pq,Wo;(v)cvttss2si Gy,Wd;(v)cvttsd2si Gy,Wq
      cvtps2pi Pq,Wq;cvtpd2pi Pq,Wo;(v)cvtss2si Gy,Wd;(v)cvtsd2si Gy,Wq
      (v)ucomiss Vo,Wd;(v)ucomisd Vo,Wq
      (v)comiss Vo,Wd;(v)comisd Vo,Wq
      wrmsr | rdtsc | rdmsr | rdpmc | sysenter | sysexit | - | getsec
      ! | - | ! | - | - | - | - | -
      16*cmov? Gv,Ev
      (v)movmskps Gd,Ux;(v)movmskpd Gd,Ux
      (v)sqrtps Vx,Wx;(v)sqrtpd Vx,Wx;(v)sqrtss Vo,Ho,Wd;(v)sqrtsd Vo,Ho,Wq
      (v)rsqrtps Vx,Wx;-;(v)rsqrtss Vo,Ho,Wd
      (v)rcpps Vx,Wx;-;(v)rcpss Vo,Ho,Wd
      (v)andps Vx,Hx,Wx;(v)andpd Vx,Hx,Wx
      (v)andnps Vx,Hx,Wx;(v)andnpd Vx,Hx,Wx
      (v)orps Vx,Hx,Wx;(v)orpd Vx,Hx,Wx
      (v)xorps Vx,Hx,Wx;(v)xorpd Vx,Hx,Wx
      %add | %mul
      (v)cvtps2pd Vx,Wh;(v)cvtpd2ps Vo,Wx;(v)cvtss2sd Vo,Ho,Wd;(v)cvtsd2ss Vo,Ho,Wq
      (v)cvtdq2ps Vx,Wx;(v)cvtps2dq Vx,Wx;(v)cvttps2dq Vx,Wx
      %sub | %min | %div | %max
      punpcklbw Pq,Qd;(v)punpcklbw Vx,Hx,Wx
      punpcklwd Pq,Qd;(v)punpcklwd Vx,Hx,Wx
      punpckldq Pq,Qd;(v)punpckldq Vx,Hx,Wx
      @packsswb | @pcmpgtb | @pcmpgtw | @pcmpgtd | @packuswb
      @punpckhbw | @punpckhwd | @punpckhdq | @packssdw
      -;(v)punpcklqdq Vx,Hx,Wx | -;(v)punpckhqdq Vx,Hx,Wx
      mov^ Pq,Ey;(v)mov^ Vo,Ey | movq Pq,Qq;(v)movdqa Vx,Wx;(v)movdqu Vx,Wx
      pshufw Pq,Qq,Ib;(v)pshufd Vx,Wx,Ib;(v)pshufhw Vx,Wx,Ib;(v)pshuflw Vx,Wx,Ib
      #12 Nq,Ib;(v)#12 Hx,Ux,Ib
      #13 Nq,Ib;(v)#13 Hx,Ux,Ib
      #14 Nq,Ib;(v)#14 Hx,Ux,Ib
      @pcmpeqb | @pcmpeqw | @pcmpeqd | emms~vzeroupper
      vmread Eq,Gq;extrq Uo,Ib,Ib;-;insertq Vo,Uo,Ib,Ib
      vmwrite Gq,Eq;extrq Vo,Uo;-;insertq Vo,Uo | - | -
      -;(v)haddpd Vx,Hx,Wx;-;(v)haddps Vx,Hx,Wx
      -;(v)hsubpd Vx,Hx,Wx;-;(v)hsubps Vx,Hx,Wx
      mov^ Ey,Pq;(v)mov^ Ey,Vo;(v)movq Vo,Wq
      movq Qq,Pq;(v)movdqa Wx,Vx;(v)movdqu Wx,Vx
      16*j? Jz
      16*set? Eb
      push fs | pop fs | cpuid | bt Ev,Gv | shld Ev,Gv,Ib | shld Ev,Gv,cl | padlock | padlock
      push gs | pop gs | rsm | bts Ev,Gv | shrd Ev,Gv,Ib | shrd Ev,Gv,cl | #15 Mn | imul Gv,Ev
      cmpxchg Eb,Gb | cmpxchg Ev,Gv | lss Gv,Mn | btr Ev,Gv
      lfs Gv,Mn | lgs Gv,Mn | movzx Gv,Eb | movzx Gv,Ew
      -;-;popcnt Gv,Ev;- | ud1 Gv,Ev | #8 Ev,Ib | btc Ev,Gv
      bsf Gv,Ev;bsf Gv,Ev;tzcnt Gv,Ev;bsf Gv,Ev | bsr Gv,Ev;bsr Gv,Ev;lzcnt Gv,Ev;bsr Gv,Ev
      movsx Gv,Eb | movsx Gv,Ew
      xadd Eb,Gb | xadd Ev,Gv
      (v)cmp+ps Vx,Hx,Wx,Ib;(v)cmp+pd Vx,Hx,Wx,Ib;(v)cmp+ss Vo,Ho,Wd,Ib;(v)cmp+sd Vo,Ho,Wq,Ib
      movnti Ey,Gy | pinsrw Pq,Ek,Ib;(v)pinsrw Vo,Ho,Ek,Ib | pextrw Gd,Nq,Ib;(v)pextrw Gd,Uo,Ib
      (v)shufps Vx,Hx,Wx,Ib;(v)shufpd Vx,Hx,Wx,Ib | #9 Mq
      8*bswap Zv
      -;(v)addsubpd Vx,Hx,Wx;-;(v)addsubps Vx,Hx,Wx
      psrlw Pq,Qq;(v)psrlw Vx,Hx,Wo
      psrld Pq,Qq;(v)psrld Vx,Hx,Wo
      psrlq Pq,Qq;(v)psrlq Vx,Hx,Wo
      @paddq | @pmullw | -;(v)movq Wq,Vo;movq2dq Vo,Nq;movdq2q Pq,Uo
      pmovmskb Gd,Nq;(v)pmovmskb Gd,Ux
      @psubusb | @psubusw | @pminub | @pand | @paddusb | @paddusw | @pmaxub | @pandn
      @pavgb | psraw Pq,Qq;(v)psraw Vx,Hx,Wo | psrad Pq,Qq;(v)psrad Vx,Hx,Wo | @pavgw
      @pmulhuw | @pmulhw | -;(v)cvttpd2dq Vo,Wx;(v)cvtdq2pd Vx,Wh;(v)cvtpd2dq Vo,Wx
      movntq Qq,Pq;(v)movntdq Wx,Vx
      @psubsb | @psubsw | @pminsw | @por | @paddsb | @paddsw | @pmaxsw | @pxor
      -;-;-;(v)lddqu Vx,Wx
      psllw Pq,Qq;(v)psllw Vx,Hx,Wo
      pslld Pq,Qq;(v)pslld Vx,Hx,Wo
      psllq Pq,Qq;(v)psllq Vx,Hx,Wo
      @pmuludq | @pmaddwd | @psadbw | maskmovq Pq,Nq;(v)maskmovdqu Vo,Uo
      @psubb | @psubw | @psubd | @psubq | @paddb | @paddw | @paddd | ud0 Gv,Ev
      """;

  private X86TwoByteMap() {}
}
