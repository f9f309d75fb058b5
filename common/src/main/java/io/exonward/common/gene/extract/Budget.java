package io.exonward.common.gene.extract;

/** What is left of the limits of one extraction. Used by one thread. */
final class Budget {
  private int instructions;
  private int functions;
  private int genes;
  private boolean isExceeded;

  Budget(ExtractionLimits limits) {
    // code that has no unwind information is decoded twice: once to find its functions
    instructions = limits.maxInstructions();
    functions = limits.maxFunctions();
    genes = limits.maxGenes();
  }

  /** Whether one more instruction may be decoded. */
  boolean takeInstruction() {
    return instructions-- > 0 || exceed();
  }

  /** Whether one more function may be listed. */
  boolean takeFunction() {
    return functions-- > 0 || exceed();
  }

  /** Whether so many more genes may be kept. */
  boolean takeGenes(int count) {
    genes -= count;
    return genes >= 0 || exceed();
  }

  private boolean exceed() {
    isExceeded = true;
    return false;
  }

  /** Whether anything was refused. */
  boolean isExceeded() {
    return isExceeded;
  }
}
