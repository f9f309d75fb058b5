package io.exonward.common.event;

/** How code entered a process other than by its own execution. */
public enum CodeLoadKind {
  /** Mapped executable into a running process: shared library, plug-in. */
  LIBRARY,
  /** Mapped by the dynamic loader that was itself executed: {@code ld.so PROGRAM}. */
  PROGRAM,
  /** Loaded by the kernel to start a program: the dynamic loader, or that of a script. */
  INTERPRETER,
  /** A script that was executed, or named as an operand of its interpreter. */
  SCRIPT,
  /** Another file that an interpreter opened: an imported module, or data. */
  OPENED
}
