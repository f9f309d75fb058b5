package io.exonward.common.gene;

/** What kind of fragment a gene is made of. Types are kept apart: each has its own weight. */
public enum GeneType {
  /** Eight instructions in a row, coarse; of a whole code object, without function boundaries. */
  STREAM,
  /** Three instructions, their order left out; of a function. */
  FRAGMENT,
  /** A constant above 15, or a displacement that is not the stack's; of a function. */
  CONSTANT,
  /** Three constants in a row; of a whole code object. */
  TRIPLE,
  /** A string that is referred to. */
  STRING,
  /** A function that is imported. */
  IMPORT,
  /** A string, import or constant of a function that calls this one, or that this one calls. */
  NEIGHBOR,
  /** A whole function, addresses left out. */
  EXACT
}
