package io.exonward.common.gene.decode;

/** What the number in an instruction is for. */
public enum Immediate {
  /** There is none. */
  NONE(0),
  /** A value that the program computes with. */
  VALUE(1),
  /** How far to shift or rotate, or which bit. */
  COUNT(2),
  /** Adjusts the stack pointer: a matter of the compiler. */
  STACK(3),
  /** Selects what a vector or system instruction does. */
  CONTROL(4);

  /** In attribute words and tokens: never changes. */
  final int code;

  Immediate(int code) {
    this.code = code;
  }
}
