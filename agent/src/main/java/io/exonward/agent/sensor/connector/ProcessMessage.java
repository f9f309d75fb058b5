package io.exonward.agent.sensor.connector;

import io.exonward.agent.linux.ProcessConnector;
import java.nio.ByteBuffer;

/**
 * One message. // linux include/uapi/linux/cn_proc.h, struct proc_event
 *
 * @param monotonicNanos since boot, without sleep
 * @param word0 first word of the event's own data, and so on
 */
record ProcessMessage(
    int what, int processor, long monotonicNanos, int word0, int word1, int word2, int word3) {
  static final int FORK = 0x1;
  static final int EXEC = 0x2;
  static final int EXIT = 0x80000000;

  /** Reads the last message of a connector. */
  static ProcessMessage of(ByteBuffer buffer) {
    int start = ProcessConnector.PROCESS_EVENT;
    return new ProcessMessage(
        buffer.getInt(start),
        buffer.getInt(start + 4),
        buffer.getLong(start + 8),
        buffer.getInt(start + 16),
        buffer.getInt(start + 20),
        buffer.getInt(start + 24),
        buffer.getInt(start + 28));
  }

  /** Whether it is about a process, and not the answer to a request of ours. */
  boolean isEvent() {
    return what != 0;
  }
}
