package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.policy.Mode;
import io.exonward.server.coverage.CoverageMoment;
import io.exonward.server.coverage.CoveragePeriod;
import io.exonward.server.coverage.CoveragePeriod.Account;
import io.exonward.server.coverage.Coverages.Ledger;
import io.exonward.server.coverage.FleetCoverage;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.MONITOR);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void ledger_levelsFollowStatements_losesAreWhereTheyEnd() {
    state(SensorLevel.FULL, Samples.START);
    pass(HOUR);
    Instant fell = server.now();
    state(SensorLevel.REDUCED, fell);
    agent.send(new Event.Loss(LossCause.KERNEL_BUFFER, fell, fell.plusSeconds(0), 31, "ebpf"));
    pass(HOUR);

    List<CoveragePeriod> periods = ledger().periods().items();
    assertEquals(
        List.of(SensorLevel.REDUCED, SensorLevel.FULL),
        periods.stream().map(CoveragePeriod::level).toList());
    assertEquals(fell, periods.getFirst().from());
    assertEquals(31, periods.getFirst().losses().getFirst().events());
    assertTrue(periods.getLast().losses().isEmpty());
    assertEquals(List.of("short-lived processes"), periods.getFirst().blindSpots());
    assertFalse(ledger().sum().isWhole());
  }

  @Test
  void ledger_countsOfSensorsAlone_beginNoPeriod() {
    state(SensorLevel.FULL, Samples.START);
    pass(HOUR);
    state(SensorLevel.FULL, server.now());
    pass(HOUR);

    assertEquals(1, ledger().periods().items().size());
    assertTrue(ledger().sum().isWhole());
  }

  @Test
  void silence_isUnknownUntilTheSpoolAccountsForIt() {
    state(SensorLevel.FULL, Samples.START);
    pass(HOUR);
    Instant lastHeard = server.now();
    server.clock.advance(HOUR);
    server.silence.tick();

    CoveragePeriod newest = ledger().periods().items().getFirst();
    assertEquals(Account.NOT_HEARD, newest.account());
    assertNull(newest.level());
    assertEquals(lastHeard, newest.from());
    assertEquals(HostState.SILENT, ledger().connectivity().getLast().state());

    connect();
    pass(HOUR);

    assertTrue(ledger().sum().isWhole());
    assertEquals(
        List.of(HostState.CONNECTED, HostState.SILENT, HostState.CONNECTED),
        ledger().connectivity().stream().map(it -> it.state()).toList());
  }

  @Test
  void agentDown_saidLater_isCutOut() {
    state(SensorLevel.FULL, Samples.START);
    Instant down = server.now();
    pass(HOUR);

    agent.send(
        new Event.Loss(LossCause.AGENT_DOWN, down.plusSeconds(60), down.plusSeconds(120), 0, null));

    List<CoveragePeriod> periods = ledger().periods().items().reversed();
    assertEquals(
        List.of(Account.STATED, Account.AGENT_DOWN, Account.STATED),
        periods.stream().map(CoveragePeriod::account).toList());
    assertEquals(SensorLevel.NONE, periods.get(1).level());
    assertEquals(Duration.ofMinutes(1), periods.get(1).length());
    assertEquals(down.plusSeconds(60), periods.get(1).from());
  }

  @Test
  void newIdentity_timeSinceLastHeard_isNobodys() {
    state(SensorLevel.FULL, Samples.START);
    pass(HOUR);
    Instant lastHeard = server.now();
    server.clock.advance(HOUR);
    server.hosts.reenroll(agent.host.id(), agent.host.hostname(), TestServer.GROUP);
    state(SensorLevel.FULL, server.now());
    pass(HOUR);

    List<CoveragePeriod> periods = ledger().periods().items().reversed();
    assertEquals(
        List.of(Account.STATED, Account.NOT_REPORTED, Account.STATED),
        periods.stream().map(CoveragePeriod::account).toList());
    assertEquals(lastHeard, periods.get(1).from());
  }

  @Test
  void read_pages_eachPeriodOnce() {
    state(SensorLevel.FULL, Samples.START);
    for (int i = 0; i < 4; i++) {
      pass(HOUR);
      state(i % 2 == 0 ? SensorLevel.REDUCED : SensorLevel.FULL, server.now());
    }
    pass(HOUR);

    UUID host = agent.host.id();
    Ledger first = server.coverages.read(host, null, null, PageRequest.first(3));
    Ledger second =
        server.coverages.read(host, null, null, new PageRequest(3, first.periods().next()));

    assertEquals(3, first.periods().items().size());
    assertEquals(2, second.periods().items().size());
    assertNull(second.periods().next());
    assertEquals(
        first.periods().items().getLast().from(), second.periods().items().getFirst().to());
  }

  @Test
  void read_endBeforeBegin_isRefused() {
    assertThrows(
        RefusedException.class,
        () ->
            server.coverages.read(
                agent.host.id(), server.now(), server.now().minus(HOUR), PageRequest.first(3)));
  }

  @Test
  void alert_namesCoverageAtItsTime() {
    state(SensorLevel.REDUCED, Samples.START);
    agent.send(Samples.execution("/srv/x", "x"));
    pass(HOUR);
    state(SensorLevel.FULL, server.now());
    Instant now = server.now();
    agent.send(new Event.Loss(LossCause.SPOOL_FULL, now, now, 5, null));
    pass(HOUR);

    CoverageMoment coverage =
        server.allAlerts().stream()
            .filter(it -> it.title().contains("/srv/x"))
            .map(it -> server.alerts.read(it.id()).coverage())
            .findFirst()
            .orElseThrow();

    assertNotNull(coverage);
    assertEquals(SensorLevel.REDUCED, coverage.period().level());
    assertEquals(List.of("short-lived processes"), coverage.period().blindSpots());
    assertTrue(coverage.lossesAround().isEmpty());
    CoverageMoment later = server.coverages.find(agent.host.id(), now.plusSeconds(9)).orElseThrow();
    assertEquals(SensorLevel.FULL, later.period().level());
    assertEquals(5, later.lossesAround().getFirst().events());
  }

  @Test
  void fleet_countsWholeLossyAndUnknownHosts() {
    state(SensorLevel.FULL, Samples.START);
    SpoolingAgent second = server.agent(Mode.MONITOR);
    connect(second, SensorLevel.REDUCED, Samples.START);
    server.agent(Mode.MONITOR); // never connected
    Instant since = server.now().minus(HOUR);

    FleetCoverage fleet = server.coverages.readFleet(since);

    assertEquals(3, fleet.hosts());
    assertEquals(1, fleet.wholeHosts());
    assertEquals(1, fleet.unknownHosts());
    assertEquals(1, fleet.levels().get(SensorLevel.REDUCED));
    assertEquals("short-lived processes", fleet.blindSpots().getFirst().text());

    agent.send(new Event.Loss(LossCause.KERNEL_BUFFER, server.now(), server.now(), 1, null));

    assertEquals(0, server.coverages.readFleet(since).wholeHosts());
    assertEquals(1, server.coverages.readFleet(since).lossyHosts());
  }

  private Ledger ledger() {
    return server.coverages.read(agent.host.id(), null, null, PageRequest.first(100));
  }

  /** The agent connects, if it is not, and states its coverage. */
  private void state(SensorLevel level, Instant since) {
    connect(agent, level, since);
  }

  private void connect() {
    server.intake.connect(
        agent.host.id(), new Connection(server.now(), null, null, "1", 0, server.now().plus(HOUR)));
  }

  private void connect(SpoolingAgent who, SensorLevel level, Instant since) {
    server.intake.connect(
        who.host.id(),
        new Connection(
            server.now(), null, Samples.coverage(level, since), "1", 0, server.now().plus(HOUR)));
  }

  /** Time in which the agent is heard. */
  private void pass(Duration time) {
    server.clock.advance(time);
    server.hosts.heard(agent.host.id(), null, null);
  }
}
