package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.policy.Mode;
import io.exonward.common.process.ProcessSummary;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.Verdict;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Exhibit;
import io.exonward.server.detect.Severity;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.ActionRecord;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.LoadRecord;
import io.exonward.server.inventory.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CodeLoadTest {
  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.MONITOR);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void load_comesBackAsItWas_countedOnOneLine() {
    Event.CodeLoad load = Samples.library("/lib/x.so", "x");

    agent.send(load, Samples.library("/lib/y.so", "y"));
    agent.send(load);

    List<LoadRecord> loads = loads(null);
    assertEquals(2, loads.size());
    assertEquals("/lib/y.so", loads.getFirst().load().path());
    LoadRecord first = loads.getLast();
    assertEquals(2, first.count());
    assertEquals(load.loader(), first.load().loader());
    assertEquals(load.code(), first.load().code());
    assertEquals(2, server.inventory.readCode(Samples.hash("x")).loads());
    assertEquals(0, server.inventory.readCode(Samples.hash("x")).executions());
    assertEquals(1, server.inventory.readCode(Samples.hash("x")).prevalence());
  }

  @Test
  void library_unknown_isOneAlertHoweverOften() {
    for (int i = 0; i < 30; i++) {
      agent.send(Samples.library("/srv/x.so", "x"));
    }

    Alert alert = server.onlyAlert();
    assertEquals("Unknown library loaded: /srv/x.so", alert.title());
    assertEquals(Set.of(DetectionKind.UNKNOWN_LIBRARY), alert.detections());
    assertEquals(30, alert.occurrences());
    assertEquals(Samples.hash("x"), alert.sha256());
    var evidence = server.alerts.read(alert.id()).evidence();
    assertEquals(20, evidence.size());
    var exhibit = assertInstanceOf(Exhibit.Loaded.class, evidence.getFirst().exhibit());
    assertEquals("/usr/bin/app", exhibit.load().loader().executable());
  }

  @Test
  void scriptAndProgram_unknown_haveTitlesOfTheirOwn() {
    ProcessSummary loader = Samples.process(9, "/usr/bin/sh", "sh /srv/job");
    agent.send(
        Samples.load(
            CodeLoadKind.SCRIPT, "/srv/job", Samples.code(CodeOrigin.FILE, "job", null), loader));
    agent.send(
        Samples.load(
            CodeLoadKind.PROGRAM, "/srv/p", Samples.code(CodeOrigin.FILE, "p", null), loader));

    Set<String> titles = Set.copyOf(server.allAlerts().stream().map(Alert::title).toList());
    assertEquals(
        Set.of(
            "Unknown script run: /srv/job",
            "Unknown program started through the dynamic loader: /srv/p"),
        titles);
  }

  @Test
  void interpreterAndOpened_unknown_areRecordedOnly() {
    ProcessSummary loader = Samples.process(9, "/usr/bin/python3", "python3");
    for (CodeLoadKind kind : List.of(CodeLoadKind.INTERPRETER, CodeLoadKind.OPENED)) {
      agent.send(Samples.load(kind, "/srv/m.py", Samples.code(CodeOrigin.FILE, "m", null), loader));
    }

    assertTrue(server.allAlerts().isEmpty());
    assertEquals(2, loads(null).size());
    assertEquals(1, loads(CodeLoadKind.OPENED).size());
    assertNull(loads(CodeLoadKind.OPENED).getFirst().load().decision());
  }

  @Test
  void library_learnedBefore_raisesNothing() {
    server.groups.setMode(TestServer.GROUP, Mode.LEARN, null);
    agent.send(Samples.library("/usr/lib/known.so", "known"));
    server.groups.setMode(TestServer.GROUP, Mode.MONITOR, null);

    agent.send(Samples.library("/usr/lib/known.so", "known"));

    assertTrue(server.allAlerts().isEmpty());
  }

  @Test
  void opened_whileLearning_isNotLearned() {
    server.groups.setMode(TestServer.GROUP, Mode.LEARN, null);
    agent.send(
        Samples.load(
            CodeLoadKind.OPENED,
            "/srv/data",
            Samples.code(CodeOrigin.FILE, "data", null),
            Samples.process(9, "/usr/bin/python3", "python3")));
    server.groups.setMode(TestServer.GROUP, Mode.MONITOR, null);

    agent.send(Samples.execution("/srv/data", "data"));

    assertEquals(Set.of(DetectionKind.UNKNOWN_CODE), server.onlyAlert().detections());
  }

  @Test
  void library_allowedFromItsAlert_raisesNothingAnyMore() {
    agent.send(Samples.library("/srv/x.so", "x"));

    server.triage.allow(server.onlyAlert().id(), "ada", "our own", null);
    agent.send(Samples.library("/srv/x.so", "x"));

    assertEquals(1, server.onlyAlert().occurrences());
    var decision = loads(null).getFirst().load().decision();
    assertNotNull(decision);
    assertNotNull(decision.ruleId());
  }

  @Test
  void library_ofMemfd_isCodeFromMemory() {
    agent.send(
        Samples.load(
            CodeLoadKind.LIBRARY,
            "memfd:x",
            Samples.code(CodeOrigin.MEMFD, "m", null),
            Samples.process(9, "/usr/bin/app", "app")));

    Alert alert = server.onlyAlert();
    assertEquals("Library loaded from memory: memfd:x", alert.title());
    assertEquals(Set.of(DetectionKind.MEMFD_EXECUTION), alert.detections());
    assertEquals("T1620", alert.techniques().getFirst().id());
  }

  @Test
  void library_namedByPreload_saysSo() {
    agent.send(
        Samples.load(
            CodeLoadKind.LIBRARY,
            "/srv/hook.so",
            Samples.code(CodeOrigin.FILE, "hook", null),
            Samples.process(9, "/usr/bin/sh", "sh -c LD_PRELOAD=/srv/hook.so ls")));

    Alert alert = server.onlyAlert();
    assertEquals(
        Set.of(DetectionKind.UNKNOWN_LIBRARY, DetectionKind.PRELOADED_LIBRARY), alert.detections());
    assertEquals(1, alert.occurrences());
    assertTrue(alert.techniques().stream().anyMatch(it -> it.id().equals("T1574.006")));
  }

  @Test
  void memoryOfAnotherProgramChanged_isOneAlertForTheActor() {
    ProcessSummary target = Samples.process(61, "/usr/sbin/nginx", "nginx");

    agent.send(Samples.action(ActionKind.PTRACE_WRITTEN, target));
    agent.send(Samples.action(ActionKind.PROCESS_WRITTEN, target));

    Alert alert = server.onlyAlert();
    assertEquals("Memory of another process changed: by /usr/bin/gdb", alert.title());
    assertEquals(Severity.MEDIUM, alert.severity());
    assertEquals("T1055", alert.techniques().getFirst().id());
    assertEquals(6, alert.occurrences());
  }

  @Test
  void memoryChange_settledAsBenign_staysSettled() {
    ProcessSummary target = Samples.process(61, "/usr/sbin/nginx", "nginx");
    agent.send(Samples.action(ActionKind.PTRACE_WRITTEN, target));
    server.triage.resolve(server.onlyAlert().id(), "ada", Verdict.BENIGN, "our debugger");

    agent.send(Samples.action(ActionKind.PTRACE_WRITTEN, target));

    assertEquals(0, server.onlyAlert().reopened());
  }

  @Test
  void actionsOfOtherKindsAndOnTheOwnProgram_areRecordedOnly() {
    Event.Action own =
        Samples.action(ActionKind.PTRACE_WRITTEN, Samples.process(61, "/usr/bin/gdb", "gdb child"));

    agent.send(
        own,
        Samples.action(ActionKind.PTRACE_WRITTEN, null),
        Samples.action(ActionKind.PTRACE_ATTACHED, Samples.process(62, "/usr/sbin/nginx", "nginx")),
        Samples.action(ActionKind.BPF_LOADED, null));

    assertTrue(server.allAlerts().isEmpty());
    List<ActionRecord> all = actions(null);
    assertEquals(4, all.size());
    assertEquals(own, all.getLast().action());
    assertEquals(1, actions(ActionKind.BPF_LOADED).size());
  }

  @Test
  void action_boundsOfHostileAgent_hold() {
    Event.Action claimed = Samples.action(ActionKind.CONNECTED, null);
    agent.send(
        new Event.Action(
            claimed.kind(),
            claimed.actor(),
            null,
            0,
            0,
            0,
            null,
            Long.MAX_VALUE,
            Samples.START,
            server.now().plus(Duration.ofDays(400)),
            List.of(),
            null));

    Event.Action kept = actions(null).getFirst().action();
    assertEquals(1_000_000_000, kept.count());
    assertEquals(server.now(), kept.lastAt());
  }

  @Test
  void runs_ofRepetition_comeBackBounded() {
    Event.Execution first = Samples.execution("/usr/bin/ls", "ls");
    Event.Repetition bare = Samples.repetition(first, 5);
    Event.Run run = new Event.Run(12, 99, List.of("ls", "/srv"), false, Samples.START, 4);
    agent.send(
        new Event.Repetition(
            5,
            bare.firstAt(),
            bare.lastAt(),
            bare.user(),
            bare.executable(),
            bare.code(),
            null,
            null,
            bare.lastProcess(),
            bare.ancestry(),
            List.of(run)));

    ExecutionRecord record =
        server
            .inventory
            .listExecutions(agent.host.id(), null, PageRequest.first(1))
            .items()
            .getFirst();
    assertEquals(List.of(run), record.runs());
    assertEquals(5, record.count());
  }

  private List<LoadRecord> loads(@Nullable CodeLoadKind kind) {
    return server.inventory.listLoads(agent.host.id(), kind, null, PageRequest.first(100)).items();
  }

  private List<ActionRecord> actions(@Nullable ActionKind kind) {
    return server.inventory.listActions(agent.host.id(), kind, PageRequest.first(100)).items();
  }
}
