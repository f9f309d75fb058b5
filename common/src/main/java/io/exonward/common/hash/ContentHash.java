package io.exonward.common.hash;

import java.util.Optional;

/** The hash of a piece of code, or the reason why there is none. */
public sealed interface ContentHash {
  /** The content was read whole. */
  record Known(Sha256 sha256) implements ContentHash {}

  /** The content was not read. */
  record Missing(HashAbsence reason) implements ContentHash {}

  /** The hash, if known. */
  default Optional<Sha256> findSha256() {
    return switch (this) {
      case Known known -> Optional.of(known.sha256);
      case Missing _ -> Optional.empty();
    };
  }
}
