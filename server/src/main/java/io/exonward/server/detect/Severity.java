package io.exonward.server.detect;

import java.util.Arrays;

/** How bad it would be, rising. */
public enum Severity {
  INFORMATIONAL(0),
  LOW(1),
  MEDIUM(2),
  HIGH(3),
  CRITICAL(4);

  private final int rank;

  Severity(int rank) {
    this.rank = rank;
  }

  /** From 0 for the lowest to 4; kept in the store, so it never changes. */
  public int rank() {
    return rank;
  }

  /**
   * The severity of that rank.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Severity ofRank(int rank) {
    return Arrays.stream(values())
        .filter(severity -> severity.rank == rank)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no severity has rank " + rank));
  }
}
