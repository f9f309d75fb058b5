package io.exonward.common.gene.match;

/** What code is, as far as its genes say. */
public enum Classification {
  /** Nearly all of it is code of one trusted family, and none is of a malicious one. */
  TRUSTED,
  /** It has code that only malicious families have. */
  MALICIOUS,
  /**
   * It is a known tool, a trusted program with a foreign part, or only its strings are malicious.
   */
  SUSPICIOUS,
  /** None of these. */
  UNKNOWN
}
