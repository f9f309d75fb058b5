package io.exonward.common.tls;

import org.jspecify.annotations.Nullable;

/** A key, certificate or request that cannot be used; the text says which and why. */
public final class CredentialException extends RuntimeException {
  CredentialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
