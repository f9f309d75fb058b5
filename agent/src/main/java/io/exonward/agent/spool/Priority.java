package io.exonward.agent.spool;

import java.util.Optional;

/** What an event is worth when space or time is short. */
public enum Priority {
  /** Not taken any more once the spool is nearly full. */
  LOW((byte) 0),
  /** Written with the next group. */
  NORMAL((byte) 1),
  /** Written at once. */
  URGENT((byte) 2);

  private final byte code;

  Priority(byte code) {
    this.code = code;
  }

  /** Its code on disk. */
  byte code() {
    return code;
  }

  static Optional<Priority> ofCode(byte code) {
    return switch (code) {
      case 0 -> Optional.of(LOW);
      case 1 -> Optional.of(NORMAL);
      case 2 -> Optional.of(URGENT);
      default -> Optional.empty();
    };
  }
}
