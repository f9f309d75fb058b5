package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.policy.Mode;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.store.PartitionKeeper;
import java.time.Duration;
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

    server.clock.advance(Duration.ofDays(7));
    keeper.tick();
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
  void retention_belowOneDay_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PartitionKeeper(server.database, Duration.ofHours(1), server.clock));
  }
}
