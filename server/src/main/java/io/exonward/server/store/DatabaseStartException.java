package io.exonward.server.store;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be started; the text says what to do. */
public final class DatabaseStartException extends RuntimeException {
  DatabaseStartException(String message) {
    super(message);
  }

  DatabaseStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
