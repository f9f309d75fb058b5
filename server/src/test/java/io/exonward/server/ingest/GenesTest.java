package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.gene.Family.Kind;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.match.Classification;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Mode;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertDetail;
import io.exonward.server.alert.AlertHistory;
import io.exonward.server.alert.AlertStatus;
import io.exonward.server.alert.Verdict;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Severity;
import io.exonward.server.gene.Analyses;
import io.exonward.server.gene.AnalysisAnswer;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.CodeGenes;
import io.exonward.server.gene.Lineage;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.PageRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a report of code to its genes, to what is said of it, over a real database. */
final class GenesTest {
  private static final Sha256 X = Samples.hash("x");

  private final TestServer server = new TestServer();
  private final SpoolingAgent first = server.agent(Mode.MONITOR);
  private final SpoolingAgent second = server.agent(Mode.MONITOR);
  private final SpoolingAgent third = server.agent(Mode.MONITOR);
  private final FakeAgents agents = new FakeAgents();

  @TempDir Path index;

  @AfterEach
  void close() {
    server.close();
  }

  private void connect(SpoolingAgent... all) {
    Stream.of(all).forEach(agent -> agents.able.add(agent.host.id()));
  }

  private static Event.Execution run() {
    return Samples.execution("/srv/x", "x");
  }

  private static Event.Execution packaged() {
    return Samples.execution(
        "/usr/bin/bash", Samples.code(CodeOrigin.FILE, "x", Samples.BASH), false);
  }

  /** The requests of one tick. */
  private List<AnalysisRequest> tick() {
    agents.asked.clear();
    server.genes.analyses.tick(agents);
    return List.copyOf(agents.asked);
  }

  private void answer(AnalysisRequest request, GeneSet genes) {
    assertTrue(
        server.genes.analyses.answer(
            request.host(), request.id(), new AnalysisAnswer.Extracted(genes)));
  }

  private void compare() {
    server.genes.compare(index);
  }

  private Lineage lineage() {
    return server.genes.lineages.find(X).orElseThrow();
  }

  private CodeGenes codeGenes() {
    return server.genes.lineages.read(X, PageRequest.first(500));
  }

  private void addFamily(String name, Kind kind, GeneSet genes) {
    if (server.genes.families.list(null, name, PageRequest.first(1)).items().isEmpty()) {
      server.genes.families.create(name, kind, "ada");
    }
    Sample sample = new Sample(Samples.hash(name), "1.0", "a test");
    server.genes.families.addSample(name, sample, genes, "ada");
  }

  @Test
  void unknownCode_seenByAll_isAskedOnceOfAHostThatCan() {
    connect(second);
    first.send(run());
    second.send(run(), run());

    List<AnalysisRequest> asked = tick();

    assertEquals(1, asked.size());
    assertEquals(second.host.id(), asked.getFirst().host());
    assertEquals(X, asked.getFirst().sha256());
    assertEquals(List.of(), tick());
    assertEquals(CodeGenes.State.ASKED, codeGenes().state());
  }

  @Test
  void answer_comparedWithoutFamilies_isUnknownAndNobodyElseIsAsked() {
    connect(first, second);
    first.send(run());
    second.send(run());
    answer(tick().getFirst(), SampleGenes.program("own"));

    compare();

    assertEquals(Classification.UNKNOWN, lineage().classification());
    assertFalse(lineage().isVerified());
    assertEquals(CodeGenes.State.ANALYZED, codeGenes().state());
    assertEquals(20, codeGenes().functions().items().size());
    assertEquals(List.of(), tick());
  }

  @Test
  void answer_nobodyAsked_countsForNothing() {
    connect(first, second);
    first.send(run());
    AnalysisRequest request = tick().getFirst();
    AnalysisAnswer forged = new AnalysisAnswer.Extracted(SampleGenes.program("forged"));

    boolean isOther = server.genes.analyses.answer(second.host.id(), request.id(), forged);
    boolean isInvented = server.genes.analyses.answer(first.host.id(), request.id() + 1, forged);
    answer(request, SampleGenes.program("own"));
    boolean isSecond = server.genes.analyses.answer(first.host.id(), request.id(), forged);

    assertFalse(isOther || isInvented || isSecond);
    assertEquals(3, server.genes.counters.unasked());
    assertEquals(1, codeGenes().claims());
    assertFalse(codeGenes().isDisputed());
  }

  @Test
  void packagedCode_threeHostsAgree_becomesATrustedFamily() {
    connect(first, second, third);
    Stream.of(first, second, third).forEach(agent -> agent.send(packaged()));
    GeneSet bash = SampleGenes.program("bash");

    answer(tick().getFirst(), bash);
    answer(tick().getFirst(), bash);
    compare();
    assertFalse(lineage().isVerified());
    assertEquals(0, server.genes.families.list(null, null, PageRequest.first(9)).items().size());
    answer(tick().getFirst(), bash);
    compare();

    var family = server.genes.families.read("pkg:bash");
    assertEquals(Kind.TRUSTED, family.family().kind());
    assertEquals(1, family.samples());
    assertTrue(lineage().isVerified());
    assertEquals(List.of(), tick());
  }

  @Test
  void packagedCode_hostsDisagree_isDisputedAndNotTrusted() {
    connect(first, second, third);
    Stream.of(first, second, third).forEach(agent -> agent.send(packaged()));

    answer(tick().getFirst(), SampleGenes.program("bash"));
    answer(tick().getFirst(), SampleGenes.program("bash"));
    answer(tick().getFirst(), SampleGenes.program("bash", "lie"));

    assertTrue(codeGenes().isDisputed());
    assertEquals(0, server.genes.families.list(null, null, PageRequest.first(9)).items().size());
    Alert dispute =
        server.allAlerts().stream()
            .filter(it -> it.detections().contains(DetectionKind.DISPUTED_GENES))
            .findFirst()
            .orElseThrow();
    assertEquals("Hosts disagree about the genes of " + X, dispute.title());
    assertEquals(1, dispute.hostCount());
  }

  @Test
  void claim_ofABannedHost_countsForNothing() {
    connect(first, second, third);
    Stream.of(first, second, third).forEach(agent -> agent.send(packaged()));
    GeneSet bash = SampleGenes.program("bash");
    AnalysisRequest early = tick().getFirst();
    answer(early, bash);
    server.hosts.ban(early.host(), "ada", "stolen");

    answer(tick().getFirst(), bash);
    answer(tick().getFirst(), bash);
    compare();

    assertFalse(lineage().isVerified());
  }

  @Test
  void request_notAnsweredInTime_goesToAnotherHost() {
    connect(first, second);
    first.send(run());
    second.send(run());
    AnalysisRequest lost = tick().getFirst();

    server.clock.advance(Analyses.PATIENCE);
    AnalysisRequest next = tick().getFirst();

    assertEquals(Set.of(first.host.id(), second.host.id()), Set.of(lost.host(), next.host()));
    assertFalse(
        server.genes.analyses.answer(
            lost.host(), lost.id(), new AnalysisAnswer.Extracted(SampleGenes.program("too late"))));
    assertEquals(1, server.genes.counters.expired());
  }

  @Test
  void request_neverAnswered_isGivenUp() {
    connect(first);
    first.send(run());

    int asked = 0;
    for (int i = 0; i < 10; i++) {
      asked += tick().size();
      server.clock.advance(Analyses.PATIENCE);
    }

    assertEquals(3, asked);
  }

  @Test
  void notCode_isRemembered() {
    connect(first);
    first.send(run());
    AnalysisRequest request = tick().getFirst();
    server.genes.analyses.answer(
        request.host(), request.id(), new AnalysisAnswer.WithoutGenes("not code: a script"));

    server.clock.advance(Duration.ofHours(1));
    first.send(run());

    assertEquals(List.of(), tick());
    assertEquals(CodeGenes.State.WITHOUT_GENES, codeGenes().state());
    assertEquals("not code: a script", codeGenes().error());
  }

  @Test
  void manyCodeObjects_oneHost_areAskedTwoAtATime() {
    connect(first);
    for (int i = 0; i < 10; i++) {
      first.send(Samples.execution("/srv/" + i, "content " + i));
    }

    List<AnalysisRequest> asked = tick();
    answer(asked.getFirst(), SampleGenes.program("a"));

    assertEquals(2, asked.size());
    assertEquals(1, tick().size());
  }

  @Test
  void maliciousFamily_addedLater_findsPastHosts() {
    connect(first);
    first.send(run(), run());
    second.send(run());
    answer(tick().getFirst(), SampleGenes.program("own", "bot"));
    compare();
    assertEquals(Severity.MEDIUM, server.onlyAlert().severity());

    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot", "other"));
    compare();

    Alert alert = server.onlyAlert();
    AlertDetail detail = server.alerts.read(alert.id());
    assertEquals(Classification.MALICIOUS, lineage().classification());
    assertEquals("Malicious code found: /srv/x", alert.title());
    assertEquals(Severity.HIGH, alert.severity());
    assertEquals(3, alert.occurrences());
    assertEquals(2, alert.hostCount());
    String text = detail.evidence().getLast().summary();
    assertTrue(text.contains("malicious family mirai 1.0"), text);
    assertTrue(text.contains("bot_"), text);
    assertTrue(text.contains("fewer than three hosts"), text);
    assertEquals(
        AlertHistory.Action.ANALYZED, detail.history().get(detail.history().size() - 1).action());
    Lineage lineage = detail.lineage();
    assertEquals("mirai", lineage == null ? "" : lineage.families().getFirst().family().name());
  }

  @Test
  void maliciousFamily_addedLater_reopensWhatWasCalledBenign() {
    connect(first);
    first.send(run());
    answer(tick().getFirst(), SampleGenes.program("bot"));
    compare();
    server.triage.resolve(server.onlyAlert().id(), "ada", Verdict.BENIGN, "looked fine");

    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot"));
    compare();

    assertEquals(AlertStatus.NEW, server.onlyAlert().status());
    assertEquals(1, server.onlyAlert().reopened());
  }

  @Test
  void maliciousCode_runsInLearnMode_isReported() {
    connect(first);
    first.send(run());
    answer(tick().getFirst(), SampleGenes.program("bot"));
    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot"));
    compare();
    server.groups.create("lab", Mode.LEARN, null);
    UUID id = UUID.randomUUID();
    SpoolingAgent learner =
        server
        .new SpoolingAgent(
            server.hosts.enroll(id, "lab-1", "lab", id.toString()), UUID.randomUUID());

    learner.send(run());

    Alert alert =
        server.allAlerts().stream()
            .filter(it -> it.group().equals("lab"))
            .findFirst()
            .orElseThrow();
    assertEquals("Malicious code executed: /srv/x", alert.title());
    assertEquals(Set.of(DetectionKind.MALICIOUS_CODE), alert.detections());
  }

  @Test
  void trustedLineage_ofOneHost_saysSoButIsNoTrust() {
    addFamily("backup", Kind.TRUSTED, SampleGenes.program("backup"));
    connect(first);
    first.send(run());
    answer(tick().getFirst(), SampleGenes.program("backup"));

    compare();

    Alert alert = server.onlyAlert();
    assertEquals(Classification.TRUSTED, lineage().classification());
    assertEquals(Severity.MEDIUM, alert.severity());
    String told = server.alerts.read(alert.id()).history().getLast().detail();
    assertTrue(String.valueOf(told).contains("fewer than three hosts"), told);
  }

  @Test
  void trustedLineage_threeHostsAgree_makesAlertsMilder() {
    addFamily("backup", Kind.TRUSTED, SampleGenes.program("backup"));
    connect(first, second, third);
    Stream.of(first, second, third).forEach(agent -> agent.send(run()));
    for (int i = 0; i < 3; i++) {
      answer(tick().getFirst(), SampleGenes.program("backup"));
      compare();
    }

    first.send(run());

    Alert alert = server.onlyAlert();
    assertTrue(lineage().isTrusted());
    assertEquals(Severity.LOW, alert.severity());
    assertTrue(alert.detections().contains(DetectionKind.REBUILT_CODE));
  }

  @Test
  void index_deletedOrDamaged_isBuiltAnew() throws Exception {
    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot"));
    connect(first);
    first.send(run());
    compare();
    for (Path file : files()) {
      if (Files.size(file) > 100) {
        Files.write(file, new byte[50]);
      }
    }
    answer(tick().getFirst(), SampleGenes.program("bot"));

    compare();
    assertEquals(Classification.MALICIOUS, lineage().classification());
    for (Path file : files()) {
      Files.delete(file);
    }
    server.genes.lineages.again(X);
    compare();

    assertEquals(Classification.MALICIOUS, lineage().classification());
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(index)) {
      return all.collect(Collectors.toList());
    }
  }

  @Test
  void family_renamedOrRemoved_changesWhatIsSaid() {
    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot"));
    connect(first);
    first.send(run());
    answer(tick().getFirst(), SampleGenes.program("bot"));
    compare();

    server.genes.families.change("mirai", "gafgyt", Kind.TOOL);
    compare();
    Lineage renamed = lineage();
    server.genes.families.remove("gafgyt");
    compare();

    assertEquals(Classification.SUSPICIOUS, renamed.classification());
    assertEquals("gafgyt", renamed.families().getFirst().family().name());
    assertEquals(Classification.UNKNOWN, lineage().classification());
    assertEquals(List.of(), lineage().families());
  }

  @Test
  void change_ofClassification_isToldToHostsThatRanIt() {
    connect(first, second);
    server.genes.lineages.changes().listen(it -> server.genes.lineages.tell(agents, it));
    first.send(run());
    answer(tick().getFirst(), SampleGenes.program("bot"));
    addFamily("mirai", Kind.MALICIOUS, SampleGenes.program("bot"));

    compare();

    assertEquals(1, agents.told.size());
    assertTrue(agents.told.getFirst().isMalicious());
  }
}
