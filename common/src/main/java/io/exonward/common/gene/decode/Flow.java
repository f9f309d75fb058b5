package io.exonward.common.gene.decode;

/** Where execution goes after an instruction. */
public enum Flow {
  /** To the next instruction. */
  NEXT(0),
  CALL(1),
  JUMP(2),
  CONDITIONAL_JUMP(3),
  INDIRECT_CALL(4),
  INDIRECT_JUMP(5),
  RETURN(6),
  /** Into the kernel and back. */
  SYSTEM_CALL(7),
  /** Nowhere: a trap that no program goes on after (ud2, hlt, int3, brk, udf). */
  TRAP(8);

  /** In attribute words and tokens: never changes. */
  final int code;

  Flow(int code) {
    this.code = code;
  }

  /** Whether the next instruction is reached only from elsewhere. */
  public boolean isEnd() {
    return this == JUMP || this == INDIRECT_JUMP || this == RETURN || this == TRAP;
  }
}
