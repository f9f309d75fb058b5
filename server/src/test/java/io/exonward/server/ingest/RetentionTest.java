package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.policy.Mode;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.store.PartitionKeeper;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RetentionTest {
  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.LEARN);
  private final PartitionKeeper keeper =
      new PartitionKeeper(server.database, Duration.ofDays(2), server.clock);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tick_aWeekLater_oldRecordsGoNewOnesFindRoom() {
    agent.send(
        Samples.execution("/old", "old"),
        new Event.Loss(LossCause.SPOOL_FULL, Samples.START, Samples.START, 1, null));

    for (int day = 0; day < 7; day++) {
      server.clock.advance(Duration.ofDays(1));
      keeper.tick();
    }
    agent.send(Samples.execution("/new", "new"));

    var kept = server.inventory.listExecutions(agent.host.id(), null, PageRequest.first(9));
    assertEquals(1, kept.items().size());
    assertEquals("/new", kept.items().getFirst().execution().executable());
    assertEquals(0, server.hosts.read(agent.host.id()).losses().size());
    // What was ever seen stays known.
    assertEquals(1, server.inventory.readCode(Samples.hash("old")).prevalence());
  }

  @Test
  void tick_again_changesNothing() {
    agent.send(Samples.execution("/old", "old"));

    keeper.tick();
    keeper.tick();

    assertEquals(
        1,
        server
            .inventory
            .listExecutions(agent.host.id(), null, PageRequest.first(9))
            .items()
            .size());
  }

  @Test
  void tick_clockJumpsAhead_nothingIsDroppedAtOnce() {
    agent.send(Samples.execution("/old", "old"), Samples.action(ActionKind.MEMFD_CREATED, null));
    keeper.tick();

    server.clock.advance(Duration.ofDays(3650));
    keeper.tick();
    agent.send(Samples.execution("/new", "new"));

    UUID host = agent.host.id();
    assertEquals(
        2, server.inventory.listExecutions(host, null, PageRequest.first(9)).items().size());
    assertEquals(1, server.inventory.listActions(host, null, PageRequest.first(9)).items().size());
  }

  @Test
  void tick_oldCoverageThatStillHolds_stays() {
    server.coverageStore.record(
        agent.host.id(), Samples.coverage(SensorLevel.FULL, Samples.START), server.now());

    for (int day = 0; day < 9; day++) {
      server.clock.advance(Duration.ofDays(1));
      keeper.tick();
    }
    server.hosts.heard(agent.host.id(), null, null);

    var ledger = server.coverages.read(agent.host.id(), null, null, PageRequest.first(9));
    assertTrue(ledger.sum().isWhole());
  }

  @Test
  void retention_belowOneDay_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PartitionKeeper(server.database, Duration.ofHours(1), server.clock));
  }
}
