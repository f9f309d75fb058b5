package io.exonward.agent.sensor;

import java.time.Duration;
import java.util.List;

/**
 * How patient a ladder is.
 *
 * @param provenWithin a sensor that has not seen its proof by then sees nothing
 * @param pauses before a sensor that was refused or failed is tried again; the last is repeated
 * @param stableAfter a sensor that ran for so long starts with the first pause again
 * @param handOver how far in the future two sensors change over, and half of how long the old one
 *     goes on after that: more than either takes to deliver an event
 * @param witnessEvery pause between two comparisons with independent counts
 */
record Timing(
    Duration provenWithin,
    List<Duration> pauses,
    Duration stableAfter,
    Duration handOver,
    Duration witnessEvery) {
  static final Timing USUAL =
      new Timing(
          Duration.ofSeconds(1),
          List.of(
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30)),
          Duration.ofMinutes(10),
          Duration.ofMillis(300),
          Duration.ofMinutes(1));
}
