package io.exonward.common.gene.decode;

/** What the address of a memory operand is made of. */
public enum Memory {
  /** No memory operand. */
  NONE(0),
  /** A register that is not the stack's. */
  BASE(1),
  /** As {@link #BASE}, and an index. */
  INDEXED(2),
  /** The stack or frame pointer, perhaps with an index. */
  STACK(3),
  /** The program counter: {@link Instruction#target} has the address. */
  PC_RELATIVE(4),
  /** A number only: the displacement is the address, or an offset in a segment. */
  ABSOLUTE(5),
  /** A number and an index: the displacement may be the address of a table. */
  TABLE(6);

  /** In attribute words and tokens: never changes. */
  final int code;

  Memory(int code) {
    this.code = code;
  }
}
