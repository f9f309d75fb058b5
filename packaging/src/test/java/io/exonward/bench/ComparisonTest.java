package io.exonward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.bench.Machine.Memory;
import io.exonward.bench.Outcome.Cost;
import io.exonward.bench.Outcome.Latency;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int EXECUTIONS = 1000;
  private static final long MILLI = 1_000_000;

  private static Cell storm(int round, String subject, long wallMillis, long cpuMillis, long own) {
    return cell(round, subject, new Cost(wallMillis * MILLI, cpuMillis * MILLI, 0, 0), own * MILLI);
  }

  private static Cell cell(int round, String subject, Outcome outcome, long own) {
    return new Cell(
        round,
        0,
        subject,
        Load.TINY,
        outcome,
        EXECUTIONS,
        OptionalLong.empty(),
        0,
        own,
        0,
        0,
        new Memory(0, 0, 0));
  }

  @Test
  void wallRatio_slowRound_isComparedWithItsOwnCellsWithoutAnAgent() {
    Comparison comparison =
        new Comparison(
            List.of(
                storm(1, "none", 100, 0, 0),
                storm(1, "agent", 110, 0, 0),
                storm(2, "none", 900, 0, 0),
                storm(2, "none", 1100, 0, 0),
                storm(2, "agent", 1200, 0, 0)));

    Spread ratio = comparison.wallRatio("agent");

    assertEquals(1.15, ratio.median(), 1e-9);
    assertEquals(1.1, ratio.least(), 1e-9);
    assertEquals(1.2, ratio.most(), 1e-9);
  }

  @Test
  void addedMicros_loadAndSubjectPayMore_bothCount() {
    Comparison comparison =
        new Comparison(List.of(storm(1, "none", 0, 100, 0), storm(1, "agent", 0, 104, 5)));

    assertEquals(9, comparison.addedMicros("agent").median(), 1e-9);
    assertEquals(5, comparison.subjectMillis("agent").median(), 1e-9);
  }

  @Test
  void of_warmUp_isLeftOut() {
    Comparison comparison =
        new Comparison(List.of(storm(0, "agent", 500, 0, 0), storm(1, "agent", 100, 0, 0)));

    assertEquals(1, comparison.of("agent").size());
  }

  @Test
  void moreMicros_latencies_areComparedWithTheMedianWithoutAnAgent() {
    Comparison comparison =
        new Comparison(
            List.of(
                cell(1, "none", new Latency(0, 100_000, 0, 0, 0, 0), 0),
                cell(1, "none", new Latency(0, 104_000, 0, 0, 0, 0), 0),
                cell(1, "none", new Latency(0, 900_000, 0, 0, 0, 0), 0),
                cell(1, "agent", new Latency(0, 107_000, 0, 0, 0, 0), 0)));

    assertEquals(3, comparison.moreMicros("agent", Latency::p50).median(), 1e-9);
  }
}
