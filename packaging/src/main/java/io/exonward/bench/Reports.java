package io.exonward.bench;

/** Where a subject leaves what it saw. */
interface Reports {
  /** Adds the markers of what is new since the last call. */
  void readInto(Marks marks);
}
