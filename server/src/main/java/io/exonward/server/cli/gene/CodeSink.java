package io.exonward.server.cli.gene;

/** Takes what a walk finds, in the order it is found. */
public interface CodeSink {
  /** A file that may be code. */
  void found(CodeFile file);

  /** A file that was left out. */
  void leftOut(String name, Omission why, String detail);
}
