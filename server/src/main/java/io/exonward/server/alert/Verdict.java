package io.exonward.server.alert;

/** What an operator says it was. */
public enum Verdict {
  TRUE_POSITIVE,
  FALSE_POSITIVE,
  BENIGN
}
