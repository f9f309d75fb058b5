package io.exonward.common.wire;

/** A message breaks the protocol: the sender's fault. The text names field, value and limit. */
public final class WireException extends RuntimeException {
  /** For one broken limit. */
  public WireException(String message) {
    super(message);
  }

  WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
