package io.exonward.server.ingest;

import io.grpc.Status;

/** The stream ends for a reason that the agent should know. */
final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Status status;

  ProtocolException(Status status) {
    super(status.getDescription());
    this.status = status;
  }

  Status status() {
    return status;
  }
}
