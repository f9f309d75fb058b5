package io.exonward.agent.sensor.connector;

import java.util.HashMap;
import java.util.Map;

/** Counts what is missing from sequences that rise by one on each processor. */
final class SequenceGaps {
  private final Map<Integer, Integer> lastByProcessor = new HashMap<>();

  /** Takes the next number of one processor; returns how many were left out before it. */
  long missingBefore(int processor, int sequence) {
    Integer last = lastByProcessor.put(processor, sequence);
    // Unsigned, because the numbers wrap.
    return last == null ? 0 : Integer.toUnsignedLong(sequence - last - 1);
  }
}
