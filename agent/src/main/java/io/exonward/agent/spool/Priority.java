package io.exonward.agent.spool;

import java.util.Optional;

/** What an event is worth when space or time is short. */
public enum Priority {
  /** Written within a second; not taken any more once the spool is nearly full. */
  LOW(0, 1000),
  /** Written within 200 ms. */
  NORMAL(1, 200),
  /** Written at once. */
  URGENT(2, 0),
  /** Written within a second. */
  UNHURRIED(3, 1000);

  private final byte code;
  private final long waitNanos;

  Priority(int code, long waitMillis) {
    this.code = (byte) code;
    this.waitNanos = waitMillis * 1_000_000;
  }

  /** Its code on disk. */
  byte code() {
    return code;
  }

  /** How long it may wait for others to be written with. */
  long waitNanos() {
    return waitNanos;
  }

  static Optional<Priority> ofCode(byte code) {
    return switch (code) {
      case 0 -> Optional.of(LOW);
      case 1 -> Optional.of(NORMAL);
      case 2 -> Optional.of(URGENT);
      case 3 -> Optional.of(UNHURRIED);
      default -> Optional.empty();
    };
  }
}
