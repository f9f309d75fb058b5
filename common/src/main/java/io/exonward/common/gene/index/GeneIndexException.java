package io.exonward.common.gene.index;

/** An index cannot be used; the text names the file and what is wrong with it. */
public final class GeneIndexException extends RuntimeException {
  private final transient Problem problem;

  /** Whose fault it is. */
  public enum Problem {
    /** There is no index at that place. */
    ABSENT,
    /** Another process writes to it. */
    BUSY,
    /** A file is damaged, forged or not ours. */
    DAMAGED,
    /** It holds genes of another definition than this version extracts. */
    OTHER_DEFINITION,
    /** A limit of the format would be passed. */
    FULL,
    /** The disk failed or is full. */
    DISK
  }

  GeneIndexException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  GeneIndexException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** Whose fault it is. */
  public Problem problem() {
    return problem;
  }
}
