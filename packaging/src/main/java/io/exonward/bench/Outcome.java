package io.exonward.bench;

/** What a load's program printed; times in nanoseconds. */
sealed interface Outcome {
  /** Operations that failed. */
  long failures();

  /** Of a storm or any other command, children included. */
  record Cost(long wall, long user, long system, long failures) implements Outcome {
    long cpu() {
      return user + system;
    }
  }

  /** Of executions measured one by one. */
  record Latency(long mean, long p50, long p99, long p999, long longest, long failures)
      implements Outcome {}

  /**
   * Reads the one line that a program printed.
   *
   * @throws IllegalStateException if it is none
   */
  static Outcome parse(Load load, String line) {
    String[] words = line.strip().split(" ", -1);
    if (words.length != (load.isLatency() ? 6 : 4)) {
      throw new IllegalStateException("the load " + load.id() + " printed: " + line);
    }
    long[] n = new long[words.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = Long.parseLong(words[i]);
    }
    return load.isLatency()
        ? new Latency(n[0], n[1], n[2], n[3], n[4], n[5])
        : new Cost(n[0], n[1], n[2], n[3]);
  }
}
