package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;

/**
 * What is kept of the genes of one code object, besides themselves.
 *
 * @param digest of their exchange form
 * @param isVerified an operator gave them, or three hosts said the same
 */
public record StoredGeneSet(
    Sha256 sha256, int definition, Sha256 digest, Source source, boolean isVerified) {
  /** Who gave them. */
  public enum Source {
    OPERATOR,
    AGENT
  }
}
