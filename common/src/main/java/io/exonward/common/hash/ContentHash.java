package io.exonward.common.hash;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hash of a piece of code, or the reason why there is none. */
public sealed interface ContentHash {
  /** The content was read whole. */
  record Known(Sha256 sha256) implements ContentHash {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Known that && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
      return sha256.hashCode();
    }
  }

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
