package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import java.util.Collection;

/** Hashes as an array parameter. */
final class Hashes {
  private Hashes() {}

  static Object[] toBytes(Collection<Sha256> hashes) {
    return hashes.stream().map(Sha256::toBytes).toArray(byte[][]::new);
  }
}
