package io.exonward.agent.stream;

import io.grpc.Status;

/**
 * Notices an event that the server will never take, which would hold up all behind it, for ever.
 * Events are sent as they are in the spool. When the stream ends before all that were sent are
 * acknowledged, whatever the reason, these are suspect: they are checked before they are sent
 * again, as the server will. Should it find more than the check, it stores and acknowledges what
 * comes before the event and ends the stream: if that happens twice at the same place, the next
 * event is the one. Owned by the stream's thread.
 */
final class Refusals {
  private static final long NOWHERE = -1;

  private long acknowledged;
  private long refusedAfter = NOWHERE;
  private long suspectUntil = NOWHERE;
  private boolean isCertain;

  /** The server has everything up to {@code sequence}. */
  void acknowledged(long sequence) {
    acknowledged = sequence;
  }

  /**
   * The stream ended while events were not acknowledged.
   *
   * @param lastSent the last one of them
   */
  void ended(Status status, long lastSent) {
    suspectUntil = Math.max(suspectUntil, lastSent);
    if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
      isCertain = refusedAfter == acknowledged;
      refusedAfter = acknowledged;
    }
  }

  /** Whether this event may be one that the server does not take. */
  boolean isSuspect(long sequence) {
    return sequence <= suspectUntil;
  }

  /** Whether the first event after {@code sequence} is one that the server does not take. */
  boolean isRefusedAfter(long sequence) {
    return isCertain && refusedAfter == sequence;
  }
}
