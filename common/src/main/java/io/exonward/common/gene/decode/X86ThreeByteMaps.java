package io.exonward.common.gene.decode;

/**
 * Opcodes after 0f 38 and 0f 3a (Intel SDM volume 2, appendix A, tables ). {@link
 * X86Form} explains the notation.
 */
final class X86ThreeByteMaps {
  static final String ROWS_38 =
      """
      @pshufb | @phaddw | @phaddd | @phaddsw | @pmaddubsw | @phsubw | @phsubd | @phsubsw
      @psignb | @psignw | @psignd | @pmulhrsw
      ~-;vpermilps Vx,Hx,Wx | ~-;vpermilpd Vx,Hx,Wx | ~-;vtestps Vx,Wx | ~-;vtestpd Vx,Wx
      -;pblendvb Vo,Wo,xmm0 | - | - | ~-;vcvtph2ps Vx,Wh
      -;blendvps Vo,Wo,xmm0 | -;blendvpd Vo,Wo,xmm0 | ~-;vpermps Vx,Hx,Wx | -;(v)ptest Vx,Wx
      ~-;vbroadcastss Vx,Wd | ~-;vbroadcastsd Vx,Wq | ~-;vbroadcastf128 Vx,Wo | -
      pabsb Pq,Qq;(v)pabsb Vx,Wx | pabsw Pq,Qq;(v)pabsw Vx,Wx | pabsd Pq,Qq;(v)pabsd Vx,Wx | -
      -;(v)pmovsxbw Vx,Wh | -;(v)pmovsxbd Vx,Wf | -;(v)pmovsxbq Vx,We
      -;(v)pmovsxwd Vx,Wh | -;(v)pmovsxwq Vx,Wf | -;(v)pmovsxdq Vx,Wh | - | -
      -;(v)pmuldq Vx,Hx,Wx | -;(v)pcmpeqq Vx,Hx,Wx | -;(v)movntdqa Vx,Wx | -;(v)packusdw Vx,Hx,Wx
      ~-;vmaskmovps Vx,Hx,Wx | ~-;vmaskmovpd Vx,Hx,Wx | ~-;vmaskmovps Wx,Hx,Vx | ~-;vmaskmovpd Wx,Hx,Vx
      -;(v)pmovzxbw Vx,Wh | -;(v)pmovzxbd Vx,Wf | -;(v)pmovzxbq Vx,We
      -;(v)pmovzxwd Vx,Wh | -;(v)pmovzxwq Vx,Wf | -;(v)pmovzxdq Vx,Wh
      ~-;vpermd Vx,Hx,Wx | -;(v)pcmpgtq Vx,Hx,Wx
      -;(v)pminsb Vx,Hx,Wx | -;(v)pminsd Vx,Hx,Wx | -;(v)pminuw Vx,Hx,Wx | -;(v)pminud Vx,Hx,Wx
      -;(v)pmaxsb Vx,Hx,Wx | -;(v)pmaxsd Vx,Hx,Wx | -;(v)pmaxuw Vx,Hx,Wx | -;(v)pmaxud Vx,Hx,Wx
      -;(v)pmulld Vx,Hx,Wx | -;(v)phminposuw Vo,Wo | - | - | - | ~-;vpsrlv^ Vx,Hx,Wx
      ~-;vpsravd Vx,Hx,Wx | ~-;vpsllv^ Vx,Hx,Wx
      8*-
      ~-;vpdpbusd Vx,Hx,Wx | ~-;vpdpbusds Vx,Hx,Wx | ~-;vpdpwssd Vx,Hx,Wx | ~-;vpdpwssds Vx,Hx,Wx
      - | - | - | -
      ~-;vpbroadcastd Vx,Wd | ~-;vpbroadcastq Vx,Wq | ~-;vbroadcasti128 Vx,Wo | - | - | - | - | -
      8*-
      8*-
      8*-
      ~-;vpbroadcastb Vx,Wb | ~-;vpbroadcastw Vx,Ww | - | - | - | - | - | -
      -;invept Gq,Mo | -;invvpid Gq,Mo | -;invpcid Gq,Mo | - | - | - | - | -
      - | - | - | - | ~-;vpmaskmov^ Vx,Hx,Wx | - | ~-;vpmaskmov^ Wx,Hx,Vx | -
      - | - | - | - | - | - | ~-;vfmaddsub132p* Vx,Hx,Wx | ~-;vfmsubadd132p* Vx,Hx,Wx
      ~-;vfmadd132p* Vx,Hx,Wx | ~-;vfmadd132s* Vo,Ho,Wy | ~-;vfmsub132p* Vx,Hx,Wx | ~-;vfmsub132s* Vo,Ho,Wy
      ~-;vfnmadd132p* Vx,Hx,Wx | ~-;vfnmadd132s* Vo,Ho,Wy | ~-;vfnmsub132p* Vx,Hx,Wx | ~-;vfnmsub132s* Vo,Ho,Wy
      - | - | - | - | - | - | ~-;vfmaddsub213p* Vx,Hx,Wx | ~-;vfmsubadd213p* Vx,Hx,Wx
      ~-;vfmadd213p* Vx,Hx,Wx | ~-;vfmadd213s* Vo,Ho,Wy | ~-;vfmsub213p* Vx,Hx,Wx | ~-;vfmsub213s* Vo,Ho,Wy
      ~-;vfnmadd213p* Vx,Hx,Wx | ~-;vfnmadd213s* Vo,Ho,Wy | ~-;vfnmsub213p* Vx,Hx,Wx | ~-;vfnmsub213s* Vo,Ho,Wy
      - | - | - | - | - | - | ~-;vfmaddsub231p* Vx,Hx,Wx | ~-;vfmsubadd231p* Vx,Hx,Wx
      ~-;vfmadd231p* Vx,Hx,Wx | ~-;vfmadd231s* Vo,Ho,Wy | ~-;vfmsub231p* Vx,Hx,Wx | ~-;vfmsub231s* Vo,Ho,Wy
      ~-;vfnmadd231p* Vx,Hx,Wx | ~-;vfnmadd231s* Vo,Ho,Wy | ~-;vfnmsub231p* Vx,Hx,Wx | ~-;vfnmsub231s* Vo,Ho,Wy
      8*-
      sha1nexte Vo,Wo | sha1msg1 Vo,Wo | sha1msg2 Vo,Wo | sha256rnds2 Vo,Wo,xmm0
      sha256msg1 Vo,Wo | sha256msg2 Vo,Wo | - | -;(v)gf2p8mulb Vx,Hx,Wx
      -;-;#kw Mn | - | - | - | - | - | - | -
      -;-;keylocker Vo,Mn | - | - | -;(v)aesimc Vo,Wo
      -;(v)aesenc Vx,Hx,Wx;keylocker Vo,Wn | -;(v)aesenclast Vx,Hx,Wx;keylocker Vo,Wn
      -;(v)aesdec Vx,Hx,Wx;keylocker Vo,Wn | -;(v)aesdeclast Vx,Hx,Wx;keylocker Vo,Wn
      8*-
      8*-
      movbe Gv,Ev;movbe Gv,Ev;-;crc32 Gd,Eb | movbe Ev,Gv;movbe Ev,Gv;-;crc32 Gd,Ev
      ~andn Gy,By,Ey | ~#17 By,Ey | -
      -;wrussq Ey,Gy~bzhi Gy,Ey,By;-;pext Gy,By,Ey;pdep Gy,By,Ey
      wrss^ Ey,Gy;adcx Gy,Ey;adox Gy,Ey;-~-;-;-;mulx Gy,By,Ey
      ~bextr Gy,Ey,By;shlx Gy,Ey,By;sarx Gy,Ey,By;shrx Gy,Ey,By
      -;movdir64b Gq,Mn;enqcmds Gq,Mn;enqcmd Gq,Mn | movdiri Ey,Gy | - | - | aadd Ey,Gy | - | - | -
      """;

  static final String ROWS_3A =
      """
      ~-;vpermq Vx,Wx,Ib | ~-;vpermpd Vx,Wx,Ib | ~-;vpblendd Vx,Hx,Wx,Ib | -
      ~-;vpermilps Vx,Wx,Ib | ~-;vpermilpd Vx,Wx,Ib | ~-;vperm2f128 Vx,Hx,Wx,Ib | -
      -;(v)roundps Vx,Wx,Ib | -;(v)roundpd Vx,Wx,Ib | -;(v)roundss Vo,Ho,Wd,Ib | -;(v)roundsd Vo,Ho,Wq,Ib
      -;(v)blendps Vx,Hx,Wx,Ib | -;(v)blendpd Vx,Hx,Wx,Ib | -;(v)pblendw Vx,Hx,Wx,Ib
      palignr Pq,Qq,Ib;(v)palignr Vx,Hx,Wx,Ib
      - | - | - | -
      -;(v)pextrb Ej,Vo,Ib | -;(v)pextrw Ek,Vo,Ib | -;(v)pextr^ Ey,Vo,Ib | -;(v)extractps Ed,Vo,Ib
      ~-;vinsertf128 Vx,Hx,Wo,Ib | ~-;vextractf128 Wo,Vx,Ib | - | - | - | ~-;vcvtps2ph Wh,Vx,Ib | - | -
      -;(v)pinsrb Vo,Ho,Ej,Ib | -;(v)insertps Vo,Ho,Wd,Ib | -;(v)pinsr^ Vo,Ho,Ey,Ib | - | - | - | - | -
      8*-
      8*-
      ~-;vinserti128 Vx,Hx,Wo,Ib | ~-;vextracti128 Wo,Vx,Ib | - | - | - | - | - | -
      -;(v)dpps Vx,Hx,Wx,Ib | -;(v)dppd Vo,Ho,Wo,Ib | -;(v)mpsadbw Vx,Hx,Wx,Ib | -
      -;(v)pclmul+dq Vx,Hx,Wx,Ib | - | ~-;vperm2i128 Vx,Hx,Wx,Ib | -
      - | - | ~-;vblendvps Vx,Hx,Wx,Lx | ~-;vblendvpd Vx,Hx,Wx,Lx | ~-;vpblendvb Vx,Hx,Wx,Lx | - | - | -
      8*-
      8*-
      -;(v)pcmpestrm Vo,Wo,Ib | -;(v)pcmpestri Vo,Wo,Ib | -;(v)pcmpistrm Vo,Wo,Ib | -;(v)pcmpistri Vo,Wo,Ib
      - | - | - | -
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      8*-
      - | - | - | - | sha1rnds4 Vo,Wo,Ib | -
      -;(v)gf2p8affineqb Vx,Hx,Wx,Ib | -;(v)gf2p8affineinvqb Vx,Hx,Wx,Ib
      8*-
      - | - | - | - | - | - | - | -;(v)aeskeygenassist Vo,Wo,Ib
      8*-
      8*-
      -;-;hreset Ib,Ed~-;-;-;rorx Gy,Ey,Ib | - | - | - | - | - | - | -
      8*-
      """;

  private X86ThreeByteMaps() {}
}
