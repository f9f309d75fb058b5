package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.policy.Mode;
import io.exonward.common.wire.SequencedEvent;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.CodeDetail;
import io.exonward.server.inventory.EpochStore;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.LEARN);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void take_execution_comesBackAsItWas() {
    Event.Execution execution = Samples.execution("/usr/bin/ls", "ls");

    agent.send(execution);

    ExecutionRecord record = executions().getFirst();
    assertEquals(execution.commandLine(), record.execution().commandLine());
    assertEquals(execution.code(), record.execution().code());
    assertEquals(execution.ancestry(), record.execution().ancestry());
    assertEquals(execution.process(), record.execution().process());
    assertEquals(Samples.START, record.occurredAt());
    assertEquals(1, record.count());
  }

  @Test
  void take_agentClaimsDecision_serversOwnIsKept() {
    agent.send(Samples.execution("/usr/bin/ls", "ls"));

    var decision = executions().getFirst().execution().decision();
    assertEquals(Mode.LEARN, decision == null ? null : decision.mode());
  }

  @Test
  void take_sameEventsAgain_storedOnce() {
    var events = Samples.from(1, Samples.execution("/a", "a"), Samples.execution("/b", "b"));

    server.intake.take(agent.host.id(), agent.epoch, events);
    long acknowledged = server.intake.take(agent.host.id(), agent.epoch, events);

    assertEquals(2, acknowledged);
    assertEquals(2, executions().size());
    assertEquals(2, server.counters.duplicates());
  }

  @Test
  void take_newEpoch_isNoDuplicate() {
    server.intake.take(agent.host.id(), agent.epoch, Samples.from(1, Samples.execution("/a", "a")));
    server.intake.take(
        agent.host.id(), UUID.randomUUID(), Samples.from(1, Samples.execution("/a", "a")));

    assertEquals(2, executions().size());
  }

  @Test
  void take_gapInSequence_becomesLossAndAlert() {
    agent.send(Samples.execution("/a", "a"));

    server.intake.take(agent.host.id(), agent.epoch, Samples.from(5, Samples.execution("/b", "b")));

    Event.Loss loss = server.hosts.read(agent.host.id()).losses().getFirst();
    assertEquals(3, loss.count());
    assertEquals(Set.of(DetectionKind.SENSOR_LOSS), server.onlyAlert().detections());
  }

  @Test
  void take_failsAtTheEnd_nothingIsKept() {
    EpochStore failing =
        new ForwardingEpochStore(server.epochs) {
          @Override
          public void advance(UUID host, UUID epoch, long sequence) {
            throw new IllegalStateException("the disk is full");
          }
        };

    assertThrows(
        IllegalStateException.class,
        () ->
            server
                .intake(failing)
                .take(agent.host.id(), agent.epoch, Samples.from(9, Samples.execution("/a", "a"))));

    assertEquals(0, server.epochs.read(agent.host.id(), agent.epoch));
    assertTrue(executions().isEmpty());
    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void take_failsAtTheEnd_nothingIsPublished() {
    List<Object> published = new ArrayList<>();
    server.alerts.changes().listen(published::add);
    EpochStore failing =
        new ForwardingEpochStore(server.epochs) {
          @Override
          public void advance(UUID host, UUID epoch, long sequence) {
            throw new IllegalStateException("the disk is full");
          }
        };

    assertThrows(
        IllegalStateException.class,
        () ->
            server
                .intake(failing)
                .take(agent.host.id(), agent.epoch, Samples.from(9, Samples.execution("/a", "a"))));
    assertTrue(published.isEmpty());

    agent.send(new Event.Loss(LossCause.SPOOL_FULL, Samples.START, Samples.START, 1, null));
    assertEquals(1, published.size());
  }

  @Test
  void take_bannedHost_isRefused() {
    server.hosts.ban(agent.host.id(), "ada", "stolen");

    assertThrows(RefusedException.class, () -> agent.send(Samples.execution("/a", "a")));

    assertTrue(executions().isEmpty());
  }

  @Test
  void take_repetition_countsOnOneLine() {
    Event.Execution first = Samples.execution("/a", "a");

    agent.send(first, Samples.repetition(first, 41));

    CodeDetail code = server.inventory.readCode(Samples.hash("a"));
    assertEquals(42, code.executions());
    assertEquals(1, code.prevalence());
    assertEquals(List.of("/a"), code.paths());
    assertEquals(List.of(41L, 1L), executions().stream().map(ExecutionRecord::count).toList());
    assertEquals(42, server.inventory.readFigures(Instant.EPOCH).executions());
  }

  @Test
  void take_timeOfTheFuture_becomesNow() {
    var future = Instant.parse("2099-01-01T00:00:00Z");
    var event =
        new SequencedEvent(1, new ObservedEvent(future, future, Samples.execution("/a", "a")));

    server.intake.take(agent.host.id(), agent.epoch, List.of(event));

    assertEquals(server.now(), executions().getFirst().occurredAt());
  }

  @Test
  void take_unrecognizedEvents_newestAreKept() {
    for (int round = 0; round < 3; round++) {
      Event[] events = new Event[500];
      for (int i = 0; i < events.length; i++) {
        events[i] = new Event.Unrecognized(new byte[] {(byte) round});
      }
      agent.send(events);
    }

    List<byte[]> kept =
        server
            .testDatabase
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("select encoded from unrecognized_event order by id")
                    .mapTo(byte[].class)
                    .list());
    assertEquals(1000, kept.size());
    assertEquals(1, kept.getFirst()[0]);
  }

  @Test
  void take_coverageFalls_alertsAndShowsIt() {
    agent.send(new Event.CoverageChange(coverage(SensorLevel.FULL)));
    assertTrue(server.allAlerts().isEmpty());

    agent.send(new Event.CoverageChange(coverage(SensorLevel.MINIMAL)));

    assertEquals(Set.of(DetectionKind.SENSOR_LOSS), server.onlyAlert().detections());
    assertEquals(SensorLevel.MINIMAL, server.hosts.read(agent.host.id()).host().level());
    assertEquals(coverage(SensorLevel.MINIMAL), server.hosts.read(agent.host.id()).coverage());
  }

  @Test
  void listExecutions_pages_eachOnceNewestFirst() {
    for (int i = 0; i < 5; i++) {
      agent.send(Samples.execution("/bin/" + i, "content " + i));
    }

    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      Page<ExecutionRecord> page =
          server.inventory.listExecutions(agent.host.id(), null, new PageRequest(2, after));
      page.items().forEach(record -> seen.add(String.valueOf(record.execution().executable())));
      after = page.next();
    } while (after != null);

    assertEquals(List.of("/bin/4", "/bin/3", "/bin/2", "/bin/1", "/bin/0"), seen);
  }

  @Test
  void listExecutions_byCode_onlyThese() {
    agent.send(Samples.execution("/a", "a"), Samples.execution("/b", "b"));

    Page<ExecutionRecord> page =
        server.inventory.listExecutions(agent.host.id(), Samples.hash("b"), PageRequest.first(10));

    assertEquals(1, page.items().size());
    assertEquals("/b", page.items().getFirst().execution().executable());
    assertNull(page.next());
  }

  @Test
  void listExecutions_inventedPosition_isRefused() {
    assertThrows(
        RefusedException.class,
        () ->
            server.inventory.listExecutions(
                agent.host.id(), null, new PageRequest(2, "bm9uc2Vuc2U")));
  }

  private List<ExecutionRecord> executions() {
    return server.inventory.listExecutions(agent.host.id(), null, PageRequest.first(100)).items();
  }

  private static Coverage coverage(SensorLevel level) {
    return new Coverage(
        level,
        List.of(new Coverage.SensorStatus("ebpf", Coverage.SensorState.RUNNING, null, 7, 1)),
        List.of("nothing below ring 0"),
        Samples.START);
  }
}
