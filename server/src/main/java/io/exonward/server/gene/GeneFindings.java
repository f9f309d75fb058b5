package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom to tell what was found. Every call is part of the transaction that keeps it. */
public interface GeneFindings {
  /**
   * What code is related to was found out.
   *
   * @param before what was said of it until now; null if nothing
   */
  void classified(@Nullable Lineage before, Lineage now);

  /**
   * A host says something else of the genes of code than is known.
   *
   * @param isAgainstVerified it contradicts an operator or three hosts
   */
  void disputed(Sha256 sha256, UUID host, boolean isAgainstVerified);
}
