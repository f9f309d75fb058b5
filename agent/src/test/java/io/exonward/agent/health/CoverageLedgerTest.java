package io.exonward.agent.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoverageLedgerTest {
  private final TestClock clock = new TestClock();
  private final Instant start = clock.instant();

  @TempDir Path folder;

  @Test
  void read_changeAndLosses_arePeriods() throws IOException {
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));
      ledger.accept(loss(3, 1));
      ledger.accept(loss(4, 2));
      clock.advance(Duration.ofSeconds(30));
      ledger.accept(change(SensorLevel.REDUCED, "connector"));

      List<CoveragePeriod> periods = CoverageHistory.read(folder, true);

      assertEquals(List.of("full", "reduced"), levels(periods));
      assertEquals(start.plusSeconds(30), periods.getFirst().to());
      assertEquals(List.of("ebpf"), periods.getFirst().sensors());
      assertEquals(List.of("blind of ebpf"), periods.getFirst().blindSpots());
      assertEquals(
          List.of(new CoveragePeriod.Loss("kernel_buffer", start, start.plusSeconds(2), 7, "ebpf")),
          periods.getFirst().losses());
      assertEquals(null, periods.getLast().to());
    }
  }

  @Test
  void accept_onlyCountsChanged_isTheSamePeriod() throws IOException {
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));
      clock.advance(Duration.ofSeconds(30));
      ledger.accept(change(SensorLevel.FULL, "ebpf"));

      assertEquals(1, CoverageHistory.read(folder, true).size());
    }
  }

  @Test
  void read_stoppedAndStartedAgain_showsTheTimeWithout() throws IOException {
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));
      clock.advance(Duration.ofSeconds(30));
    }
    clock.advance(Duration.ofSeconds(60));
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));

      List<CoveragePeriod> periods = CoverageHistory.read(folder, true);

      assertEquals(List.of("full", "off", "full"), levels(periods));
      assertEquals(
          CoveragePeriod.off(start.plusSeconds(30), start.plusSeconds(90), "the agent was stopped"),
          periods.get(1));
    }
  }

  @Test
  void read_killed_theTimeWithoutBeginsWithTheLastSignOfLife() throws IOException {
    CoverageLedger killed = CoverageLedger.open(folder, clock);
    killed.accept(change(SensorLevel.FULL, "ebpf"));
    clock.advance(Duration.ofMinutes(5));
    killed.look();
    Instant alive = clock.instant();
    clock.advance(Duration.ofMinutes(5));

    List<CoveragePeriod> now = CoverageHistory.read(folder, false);
    List<CoveragePeriod> later;
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));
      later = CoverageHistory.read(folder, true);
    }

    String note = "the agent ended without saying so";
    assertEquals(CoveragePeriod.off(alive, null, note), now.getLast());
    assertEquals(CoveragePeriod.off(alive, alive.plusSeconds(300), note), later.get(1));
  }

  @Test
  void read_lineCutByACrash_theRestIsThere() throws IOException {
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.FULL, "ebpf"));
    }
    Files.write(
        folder.resolve(LedgerFile.NEWER),
        new byte[] {'{', '"', 'k', (byte) 0xff, 0},
        StandardOpenOption.APPEND);
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      ledger.accept(change(SensorLevel.REDUCED, "connector"));

      assertEquals(List.of("full", "off", "reduced"), levels(CoverageHistory.read(folder, true)));
    }
  }

  @Test
  void accept_forYears_staysBoundedAndKeepsTheNewest() throws IOException {
    try (CoverageLedger ledger = CoverageLedger.open(folder, clock)) {
      for (int i = 0; i < 20_000; i++) {
        clock.advance(Duration.ofMinutes(1));
        ledger.accept(change(i % 2 == 0 ? SensorLevel.FULL : SensorLevel.REDUCED, "ebpf"));
      }

      long bytes =
          Files.size(folder.resolve(LedgerFile.NEWER))
              + Files.size(folder.resolve(LedgerFile.OLDER));
      List<CoveragePeriod> periods = CoverageHistory.read(folder, true);

      assertTrue(bytes <= 2 << 20, "bytes: " + bytes);
      assertTrue(periods.size() > 5000, "periods: " + periods.size());
      assertEquals(clock.instant(), periods.getLast().from());
      for (int i = 1; i < periods.size(); i++) {
        assertEquals(periods.get(i - 1).to(), periods.get(i).from());
      }
    }
  }

  private static List<String> levels(List<CoveragePeriod> periods) {
    return periods.stream().map(CoveragePeriod::level).toList();
  }

  private ObservedEvent change(SensorLevel level, String sensor) {
    Coverage coverage =
        new Coverage(
            level,
            List.of(
                new SensorStatus(
                    sensor, SensorState.RUNNING, null, clock.instant().toEpochMilli(), 0)),
            List.of("blind of " + sensor),
            start);
    return new ObservedEvent(start, start, new Event.CoverageChange(coverage));
  }

  private ObservedEvent loss(long count, int seconds) {
    Instant to = start.plusSeconds(seconds);
    return new ObservedEvent(
        to, to, new Event.Loss(LossCause.KERNEL_BUFFER, to.minusSeconds(1), to, count, "ebpf"));
  }
}
