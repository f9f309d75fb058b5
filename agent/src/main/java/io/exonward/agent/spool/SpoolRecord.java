package io.exonward.agent.spool;

/** One event as the spool keeps it. The payload is shared, not copied: nobody changes it. */
public final class SpoolRecord {
  private final long sequence;
  private final Priority priority;
  private final byte[] payload;

  SpoolRecord(long sequence, Priority priority, byte[] payload) {
    this.sequence = sequence;
    this.priority = priority;
    this.payload = payload;
  }

  /** Position in the epoch, from 1. */
  public long sequence() {
    return sequence;
  }

  /** As it was appended with. */
  public Priority priority() {
    return priority;
  }

  /** The encoded event, without its sequence. */
  public byte[] payload() {
    return payload;
  }
}
