package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.Selector;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertDecision;
import io.exonward.server.alert.AlertDetail;
import io.exonward.server.alert.AlertFilter;
import io.exonward.server.alert.AlertHistory;
import io.exonward.server.alert.AlertStatus;
import io.exonward.server.alert.AllowProposal;
import io.exonward.server.alert.Verdict;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Severity;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.Changes;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.policy.NewRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AlertingTest {
  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.MONITOR);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void unknownCode_hundredRuns_areOneAlert() {
    for (int i = 0; i < 100; i++) {
      agent.send(Samples.execution("/srv/x", "x"));
    }

    Alert alert = server.onlyAlert();
    AlertDetail detail = server.alerts.read(alert.id());
    assertEquals("Unknown code executed: /srv/x", alert.title());
    assertEquals(Severity.MEDIUM, alert.severity());
    assertEquals(AlertStatus.NEW, alert.status());
    assertEquals(100, alert.occurrences());
    assertEquals(1, alert.hostCount());
    assertEquals(20, detail.evidence().size());
    assertEquals(1, detail.history().size());
    assertEquals(100, detail.hosts().getFirst().occurrences());
    var execution = detail.evidence().getFirst().execution();
    assertEquals(
        List.of("/srv/x", "--quiet", "ünï\"code"),
        execution == null ? null : execution.execution().commandLine());
  }

  @Test
  void ids_repetitions_useNone() {
    for (int i = 0; i < 10; i++) {
      agent.send(Samples.execution("/srv/x", "x"));
    }
    long first = server.onlyAlert().id();

    agent.send(Samples.execution("/srv/y", "y"));

    List<Long> ids =
        server.alerts.list(AlertFilter.ANY, PageRequest.first(10)).items().stream()
            .map(Alert::id)
            .sorted()
            .toList();
    assertEquals(List.of(first, first + 1), ids);
  }

  @Test
  void unknownCode_evidence_isFirstAndNewest() {
    for (int i = 0; i < 30; i++) {
      agent.send(Samples.execution("/srv/x" + i, "x"));
    }

    List<String> paths =
        server.alerts.read(server.onlyAlert().id()).evidence().stream()
            .map(it -> it.execution() == null ? "" : it.execution().execution().executable())
            .toList();
    assertEquals("/srv/x0", paths.getFirst());
    assertEquals("/srv/x11", paths.get(1));
    assertEquals("/srv/x29", paths.getLast());
  }

  @Test
  void unknownCode_onTwoHosts_isOneAlert() {
    SpoolingAgent other = server.agent(Mode.MONITOR);
    Event.Execution run = Samples.execution("/srv/x", "x");

    agent.send(run, run, run);
    other.send(Samples.repetition(run, 7));

    Alert alert = server.onlyAlert();
    assertEquals(2, alert.hostCount());
    assertEquals(10, alert.occurrences());
    assertEquals(
        List.of(7L, 3L),
        server.alerts.read(alert.id()).hosts().stream().map(it -> it.occurrences()).toList());
    assertEquals(1, server.alerts.countOpen(Set.of(other.host.id())).get(other.host.id()));
  }

  @Test
  void learnMode_unknownCode_raisesNothing() {
    server.groups.setMode(TestServer.GROUP, Mode.LEARN, null);

    agent.send(
        Samples.execution("/srv/x", "x"),
        Samples.execution("memfd:x", Samples.code(CodeOrigin.MEMFD, "m", null), false));

    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void learnMode_deniedCode_isReported() {
    server.groups.setMode(TestServer.GROUP, Mode.LEARN, null);
    server.rules.add(
        new NewRule(
            TestServer.GROUP,
            Effect.DENY,
            Selector.ofSha256(Samples.hash("x")),
            "incident",
            "ada",
            null,
            null));

    agent.send(Samples.execution("/srv/x", "x"));

    assertEquals(Set.of(DetectionKind.DENIED_CODE), server.onlyAlert().detections());
  }

  @Test
  void truePositive_comesAgain_reopens() {
    agent.send(Samples.execution("/srv/x", "x"));
    long id = server.onlyAlert().id();
    server.triage.resolve(id, "ada", Verdict.TRUE_POSITIVE, "a miner");

    agent.send(Samples.execution("/srv/x", "x"));

    Alert alert = server.onlyAlert();
    assertEquals(AlertStatus.NEW, alert.status());
    assertEquals(1, alert.reopened());
    assertNull(alert.verdict());
    assertEquals(AlertHistory.Action.REOPENED, server.alerts.read(id).history().getLast().action());
  }

  @Test
  void benign_comesAgain_isCountedOnly() {
    agent.send(Samples.execution("/srv/x", "x"));
    long id = server.onlyAlert().id();
    server.triage.start(id, "ada");
    server.triage.resolve(id, "ada", Verdict.BENIGN, "ours");

    agent.send(Samples.execution("/srv/x", "x"));

    Alert alert = server.onlyAlert();
    assertEquals(AlertStatus.RESOLVED, alert.status());
    assertEquals(Verdict.BENIGN, alert.verdict());
    assertEquals(2, alert.occurrences());
  }

  @Test
  void allow_comesAgain_isSilent() {
    agent.send(Samples.execution("/srv/x", "x"));
    long before = server.groups.read(TestServer.GROUP).policyVersion();

    AlertDecision decision =
        server.triage.allow(server.onlyAlert().id(), "ada", "our own program", null);
    agent.send(Samples.execution("/srv/elsewhere", "x"));

    assertEquals(Selector.ofSha256(Samples.hash("x")), decision.rule().rule().selector());
    assertEquals(decision.rule().rule().id(), decision.alert().ruleId());
    Alert alert = server.onlyAlert();
    assertEquals(1, alert.occurrences());
    assertEquals(Verdict.BENIGN, alert.verdict());
    assertTrue(server.groups.read(TestServer.GROUP).policyVersion() > before);
  }

  @Test
  void allow_expires_alertsAgain() {
    agent.send(Samples.execution("/srv/x", "x"));
    server.triage.allow(
        server.onlyAlert().id(), "ada", "for today", server.now().plus(Duration.ofDays(1)));

    server.clock.advance(Duration.ofDays(2));
    agent.send(Samples.execution("/srv/x", "x"));

    assertEquals(2, server.onlyAlert().occurrences());
    assertEquals(AlertStatus.NEW, server.onlyAlert().status());
  }

  @Test
  void allow_afterDenyOnTheSameAlert_takesTheDenialBack() {
    agent.send(Samples.execution("/srv/x", "x"));
    long id = server.onlyAlert().id();
    server.triage.deny(id, "ada", "looks bad", null);
    agent.send(Samples.execution("/srv/x", "x"));

    server.triage.allow(id, "ada", "it was ours", null);
    agent.send(Samples.execution("/srv/x", "x"));

    assertEquals(2, server.onlyAlert().occurrences());
    assertEquals(1, server.rules.list(null, PageRequest.first(10)).items().size());
  }

  @Test
  void allow_deniedByAnotherRule_isRefused() {
    server.rules.add(
        new NewRule(
            TestServer.GROUP,
            Effect.DENY,
            Selector.ofSha256(Samples.hash("x")),
            "incident",
            "root",
            null,
            null));
    agent.send(Samples.execution("/srv/x", "x"));

    var refusal =
        assertThrows(
            RefusedException.class,
            () -> server.triage.allow(server.onlyAlert().id(), "ada", "ours", null));

    assertEquals(RefusedException.Kind.CONFLICT, refusal.kind());
  }

  @Test
  void deny_comesAgain_isHighAndReopens() {
    agent.send(Samples.execution("/srv/x", "x"));
    server.triage.deny(server.onlyAlert().id(), "ada", "a miner", null);

    agent.send(Samples.execution("/srv/x", "x"));

    Alert alert = server.onlyAlert();
    assertEquals(Severity.HIGH, alert.severity());
    assertEquals(Set.of(DetectionKind.UNKNOWN_CODE, DetectionKind.DENIED_CODE), alert.detections());
    assertEquals(AlertStatus.NEW, alert.status());
  }

  @Test
  void allow_twice_isAConflict() {
    agent.send(Samples.execution("/srv/x", "x"));
    long id = server.onlyAlert().id();
    server.triage.allow(id, "ada", "ours", null);

    var refusal =
        assertThrows(
            RefusedException.class, () -> server.triage.allow(id, "bob", "ours too", null));

    assertEquals(RefusedException.Kind.CONFLICT, refusal.kind());
    assertEquals(1, server.rules.list(null, PageRequest.first(10)).items().size());
  }

  @Test
  void unhashed_allow_isRefusedAndNothingChanges() {
    agent.send(Samples.unhashed(CodeOrigin.FILE, "/srv/x"));
    Alert alert = server.onlyAlert();

    var refusal =
        assertThrows(
            RefusedException.class, () -> server.triage.allow(alert.id(), "ada", "why not", null));

    assertEquals(RefusedException.Kind.NOT_ACCEPTABLE, refusal.kind());
    assertEquals(AlertStatus.NEW, server.onlyAlert().status());
    assertInstanceOf(AllowProposal.Refused.class, server.alerts.read(alert.id()).allowProposal());
  }

  @Test
  void memfd_contentAllowedAsFile_stillAlerts() {
    allow(Selector.ofSha256(Samples.hash("m")));

    agent.send(Samples.execution("memfd:x", Samples.code(CodeOrigin.MEMFD, "m", null), true));

    Alert alert = server.onlyAlert();
    assertEquals(Set.of(DetectionKind.MEMFD_EXECUTION), alert.detections());
    assertEquals("T1620", alert.techniques().getFirst().id());
  }

  @Test
  void memfd_ruleNamesMemory_isSilent() {
    allow(new Selector(Samples.hash("m"), null, null, CodeOrigin.MEMFD));

    agent.send(Samples.execution("memfd:x", Samples.code(CodeOrigin.MEMFD, "m", null), false));

    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void memfd_allowed_ruleNamesItsMemory() {
    agent.send(Samples.execution("memfd:x", Samples.code(CodeOrigin.MEMFD, "m", null), false));

    AlertDecision decision = server.triage.allow(server.onlyAlert().id(), "ada", "ours", null);
    agent.send(Samples.execution("memfd:y", Samples.code(CodeOrigin.MEMFD, "m", null), false));

    assertEquals(CodeOrigin.MEMFD, decision.rule().rule().selector().memory());
    assertEquals(1, server.onlyAlert().occurrences());
  }

  @Test
  void memfd_withoutHash_alertsOnceForItsParent() {
    agent.send(
        Samples.unhashed(CodeOrigin.MEMFD, "memfd:a"),
        Samples.unhashed(CodeOrigin.MEMFD, "memfd:b"));

    assertEquals(2, server.onlyAlert().occurrences());
  }

  @Test
  void deletedFile_seenStarting_alerts() {
    agent.send(Samples.execution("/srv/x", Samples.code(CodeOrigin.DELETED, "x", null), false));

    assertEquals(Set.of(DetectionKind.DELETED_FILE_EXECUTION), server.onlyAlert().detections());
  }

  @Test
  void deletedFile_foundRunning_isNormal() {
    agent.send(Samples.execution("/srv/x", Samples.code(CodeOrigin.DELETED, "x", null), true));

    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void changes_afterCommit_reachSubscribers() throws InterruptedException {
    try (Changes.Subscription<Alert> subscription = server.alerts.changes().subscribe(1)) {
      agent.send(Samples.execution("/srv/x", "x"));
      agent.send(Samples.execution("/srv/x", "x"));

      Alert newest = subscription.poll(Duration.ofSeconds(5));

      assertNotNull(newest);
      assertEquals(2, newest.occurrences());
      assertEquals(1, subscription.dropped());
    }
  }

  @Test
  void list_filtersAndPages() {
    for (int i = 0; i < 5; i++) {
      agent.send(Samples.execution("/srv/prog_" + i, "content " + i));
    }
    server.triage.resolve(server.allAlerts().getFirst().id(), "ada", Verdict.BENIGN, "ours");

    AlertFilter open =
        new AlertFilter(
            Set.of(AlertStatus.NEW),
            Severity.LOW,
            TestServer.GROUP,
            agent.host.id(),
            null,
            "prog_");
    Set<Long> seen = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    String after = null;
    do {
      Page<Alert> page = server.alerts.list(open, new PageRequest(3, after));
      page.items().forEach(alert -> seen.add(alert.id()));
      sizes.add(page.items().size());
      after = page.next();
    } while (after != null);

    assertEquals(4, seen.size());
    assertEquals(List.of(3, 1), sizes);
    assertEquals(
        4, server.alerts.readFigures(Samples.START.minusSeconds(3600)).open().get(Severity.MEDIUM));
  }

  @Test
  void list_percentSign_isNoWildcard() {
    agent.send(Samples.execution("/srv/x", "x"));

    AlertFilter filter = new AlertFilter(Set.of(), null, null, null, null, "%");

    assertTrue(server.alerts.list(filter, PageRequest.first(10)).items().isEmpty());
  }

  private void allow(Selector selector) {
    server.rules.add(
        new NewRule(TestServer.GROUP, Effect.ALLOW, selector, "test", "ada", null, null));
  }
}
