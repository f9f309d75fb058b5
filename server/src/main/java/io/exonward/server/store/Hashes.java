package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import java.util.Collection;

/** Hashes as an array parameter: the driver takes arrays of texts, not of byte strings. */
final class Hashes {
  /** The same as a set in SQL. */
  static final String IN = " in (select decode(hex, 'hex') from unnest(:hashes) as hex)";

  private Hashes() {}

  static Object[] toHex(Collection<Sha256> hashes) {
    return hashes.stream().map(Sha256::toString).toArray();
  }
}
