package io.exonward.common.gene.index;

/** Walks over genes by ascending key, each with the numbers of what has it. */
interface GeneCursor {
  /** Steps on; false at the end. */
  boolean advance();

  long key();

  /** Numbers of what has the gene, ascending; the caller must not change them. */
  int[] ids();

  /** The same for genes that have the same ids; -1 if that is not known. */
  default int idsToken() {
    return -1;
  }

  /** Number of those that have the gene if there are too many to name; otherwise 0. */
  default int unnamed() {
    return 0;
  }
}
