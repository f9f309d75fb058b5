package io.exonward.server.api;

import io.exonward.common.config.HostPort;

/** An address that cannot be listened on; the text says which and why. */
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ListenException(HostPort listen, Exception cause) {
    super("cannot listen on " + listen + ": " + rootMessage(cause), cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
