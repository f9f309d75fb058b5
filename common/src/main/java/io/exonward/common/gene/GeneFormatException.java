package io.exonward.common.gene;

/** Bytes are not a gene set; the message says why. */
public final class GeneFormatException extends Exception {
  private static final long serialVersionUID = 1;

  GeneFormatException(String message) {
    super(message);
  }
}
