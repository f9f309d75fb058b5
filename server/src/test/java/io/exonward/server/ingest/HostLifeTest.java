package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import io.exonward.common.policy.Mode;
import io.exonward.server.alert.AlertStatus;
import io.exonward.server.alert.Verdict;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostCounts;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostLifeTest {
  private static final Duration LONG = Duration.ofSeconds(16);

  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.LEARN);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void enrolled_neverConnected_isSilentWithoutAlert() {
    server.clock.advance(LONG);
    server.silence.tick();

    assertEquals(HostState.SILENT, state());
    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void connected_thenNothing_alertsOnce() {
    server.clock.advance(LONG);
    connect(null);
    assertEquals(HostState.CONNECTED, state());

    server.clock.advance(LONG);
    server.silence.tick();
    server.silence.tick();

    assertEquals(HostState.SILENT, state());
    assertEquals(Set.of(DetectionKind.SILENT_AGENT), server.onlyAlert().detections());
    assertEquals(1, server.onlyAlert().occurrences());
  }

  @Test
  void silent_resolvedAsBenign_nextSilenceReopens() {
    connect(null);
    server.clock.advance(LONG);
    server.silence.tick();
    server.triage.resolve(server.onlyAlert().id(), "ada", Verdict.BENIGN, "maintenance");

    server.hosts.heard(agent.host.id(), null, null);
    server.silence.tick();
    server.clock.advance(LONG);
    server.silence.tick();

    assertEquals(AlertStatus.NEW, server.onlyAlert().status());
    assertEquals(2, server.onlyAlert().occurrences());
  }

  @Test
  void agentDown_shortRestart_isNormal() {
    agent.send(loss(LossCause.AGENT_DOWN, Duration.ofSeconds(3)));
    assertTrue(server.allAlerts().isEmpty());

    agent.send(loss(LossCause.AGENT_DOWN, Duration.ofMinutes(3)));
    assertEquals(Set.of(DetectionKind.SILENT_AGENT), server.onlyAlert().detections());
  }

  @Test
  void shed_detail_alarmsNobody() {
    agent.send(loss(LossCause.SHED, Duration.ofSeconds(1)));
    assertTrue(server.allAlerts().isEmpty());

    agent.send(loss(LossCause.AGENT_QUEUE, Duration.ofSeconds(1)));
    assertEquals(Set.of(DetectionKind.SENSOR_LOSS), server.onlyAlert().detections());
  }

  @Test
  void connect_fromAnotherMachine_alerts() {
    connect("another machine");

    var detail = server.alerts.read(server.onlyAlert().id());
    assertTrue(detail.evidence().getFirst().summary().contains("another machine"));
    assertEquals(agent.host.machineId(), server.hosts.read(agent.host.id()).host().machineId());
  }

  @Test
  void ban_isPublishedKeptAndFinal() {
    List<HostState> published = new ArrayList<>();
    server.hosts.changes().listen(host -> published.add(host.state()));

    server.hosts.ban(agent.host.id(), "ada", "stolen");

    assertEquals(List.of(HostState.BANNED), published);
    var ban = server.hosts.read(agent.host.id()).ban();
    assertNotNull(ban);
    assertEquals("stolen", ban.reason());
    assertThrows(RefusedException.class, () -> server.hosts.ban(agent.host.id(), "bob", "again"));
  }

  @Test
  void reenroll_bannedHost_liftsTheBan() {
    server.hosts.ban(agent.host.id(), "ada", "stolen");

    server.hosts.reenroll(agent.host.id(), "renamed", "default");

    var detail = server.hosts.read(agent.host.id());
    assertNull(detail.ban());
    assertEquals("renamed", detail.host().hostname());
    assertEquals("default", detail.host().group());
  }

  @Test
  void list_filtersAndPagesByName() {
    for (int i = 0; i < 4; i++) {
      server.agent(Mode.LEARN);
    }
    connect(null);

    List<String> names = new ArrayList<>();
    String after = null;
    do {
      Page<Host> page = server.hosts.list(HostFilter.ANY, new PageRequest(2, after));
      page.items().forEach(host -> names.add(host.hostname()));
      after = page.next();
    } while (after != null);

    assertEquals(names.stream().sorted().toList(), names);
    assertEquals(5, Set.copyOf(names).size());
    HostFilter connected = new HostFilter(TestServer.GROUP, HostState.CONNECTED, "Debian");
    assertEquals(
        agent.host.id(),
        server.hosts.list(connected, PageRequest.first(9)).items().getFirst().id());
    assertEquals(new HostCounts(1, 4, 0, 0), server.hosts.count());
  }

  private HostState state() {
    return server.hosts.read(agent.host.id()).host().state();
  }

  private static Event.Loss loss(LossCause cause, Duration length) {
    return new Event.Loss(cause, Samples.START.minus(length), Samples.START, 0, null);
  }

  private void connect(@Nullable String machineId) {
    HostFacts facts =
        new HostFacts(
            "name",
            machineId,
            null,
            "Debian",
            "12",
            "6.1",
            "x86_64",
            null,
            2,
            1 << 30,
            "kvm",
            List.of("10.0.0.1"),
            Samples.START);
    server.intake.connect(
        agent.host.id(),
        new Connection(
            server.now(), facts, null, "0.1.0", 0, server.now().plus(Duration.ofDays(1))));
  }
}
