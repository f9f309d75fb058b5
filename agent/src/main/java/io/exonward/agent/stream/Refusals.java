package io.exonward.agent.stream;

import io.grpc.Status;

/**
 * Notices an event that the server will never take. The server stores and acknowledges what comes
 * before such an event, then ends the stream: if that happens twice at the same place, the next
 * event is the one. Owned by the stream's thread.
 */
final class Refusals {
  private static final long NOWHERE = -1;

  private long acknowledged;
  private long refusedAfter = NOWHERE;
  private boolean isCertain;

  /** The server has everything up to {@code sequence}. */
  void acknowledged(long sequence) {
    acknowledged = sequence;
  }

  /** The stream ended while events were not acknowledged. */
  void ended(Status status) {
    if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
      isCertain = refusedAfter == acknowledged;
      refusedAfter = acknowledged;
    }
  }

  /** Whether the first event after {@code sequence} is one that the server does not take. */
  boolean isRefusedAfter(long sequence) {
    return isCertain && refusedAfter == sequence;
  }
}
