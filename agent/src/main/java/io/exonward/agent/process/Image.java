package io.exonward.agent.process;

import io.exonward.common.hash.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a process executes. Processes that were forked from each other share one.
 *
 * @param executable null if not known
 * @param sha256 null if not known
 */
public record Image(@Nullable String executable, @Nullable Sha256 sha256) {
  /** Nothing is known. */
  public static final Image UNKNOWN = new Image(null, null);

  // Written out: what the compiler generates for records is slow until it is optimized.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Image that
            && Objects.equals(executable, that.executable)
            && Objects.equals(sha256, that.sha256));
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(executable) * 31 + Objects.hashCode(sha256);
  }
}
