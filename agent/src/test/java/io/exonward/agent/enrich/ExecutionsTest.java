package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import io.exonward.agent.decide.DecisionStage;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.Image;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Mode;
import io.exonward.common.process.ProcessId;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExecutionsTest {
  private static final UUID BOOT = new UUID(1, 2);
  private static final ProcessId SHELL = new ProcessId(BOOT, 10, 1);
  private static final ProcessId EDITOR = new ProcessId(BOOT, 11, 1);

  private final TestClock clock = new TestClock();
  private final List<ObservedEvent> sent = new ArrayList<>();
  private final ProcessTable table = ProcessTable.ofDefaultSize();
  private final Repetitions repetitions = new Repetitions(sent::add, table::ancestry, clock, 100);
  private final AtomicReference<Detail> detail = new AtomicReference<>(Detail.FULL);
  private final Map<Variant, KernelEvent.Circumstances> circumstances = new HashMap<>();
  private long policyVersion = 1;
  private long codeVersion = 1;
  private int nextPid = 1000;
  private int looked;
  private Executions executions = executions(Path.of("/nonexistent"));

  private Executions executions(Path root) {
    ExecutionEnricher enricher =
        new ExecutionEnricher(
            table,
            new Containers(root),
            new UserNames(root.resolve("passwd"), clock),
            new DpkgDatabase(root, clock));
    DecisionStage decisions =
        new DecisionStage(
            _ ->
                Optional.of(
                    new Decision(
                        Decision.Outcome.ALLOW,
                        Decision.Reason.RULE,
                        null,
                        Mode.MONITOR,
                        policyVersion)),
            repetitions);
    return new Executions(
        enricher,
        decisions,
        repetitions,
        new Executions.Versions(() -> policyVersion, () -> codeVersion),
        detail::get);
  }

  @BeforeEach
  void start() {
    table.executed(SHELL, null, new Image("/bin/sh", null), List.of("sh"), null);
    table.executed(EDITOR, null, new Image("/bin/vi", null), List.of("vi"), null);
  }

  /** What differs from one execution to the next. */
  private record Variant(ProcessId parent, long ctimeNanos, int mountNamespace, String content) {}

  private static final Variant USUAL = new Variant(SHELL, 5, 1, "a");

  private static FileIdentity file(Variant variant) {
    return new FileIdentity(8, 1, 77, 1, 100, variant.ctimeNanos, 1, 0, 0755, 0);
  }

  /** As a sensor does, one object for all that are alike. */
  private KernelEvent.Circumstances circumstances(Variant variant) {
    return circumstances.computeIfAbsent(
        new Variant(SHELL, variant.ctimeNanos, variant.mountNamespace, ""),
        _ ->
            new KernelEvent.Circumstances(
                0,
                0,
                CodeOrigin.FILE,
                file(variant),
                "x",
                "/bin/x",
                3,
                variant.mountNamespace,
                false));
  }

  private ProcessId run(Variant variant, String... arguments) {
    ProcessId process = new ProcessId(BOOT, nextPid++, 7);
    Exec exec =
        new Exec(
            false,
            process,
            variant.parent,
            circumstances(variant),
            List.of(arguments),
            false,
            "/",
            clock.instant());
    if (!executions.repeat(exec, clock.instant())) {
      looked++;
      Executions.Begun begun = executions.begin(exec, clock.instant());
      Sha256 hash = Sha256.digest(variant.content.getBytes(StandardCharsets.UTF_8));
      executions.complete(
          begun, new Inspection(new ContentHash.Known(hash), null, "/bin/x", file(variant)));
    }
    return process;
  }

  private List<Event.Repetition> repetitions() {
    repetitions.flush();
    return sent.stream()
        .map(ObservedEvent::event)
        .filter(Event.Repetition.class::isInstance)
        .map(Event.Repetition.class::cast)
        .toList();
  }

  private long inFull() {
    return sent.stream().filter(e -> e.event() instanceof Event.Execution).count();
  }

  @Test
  void complete_tenThousandCommandLines_eachIsListedOnceInFewEvents() {
    Map<String, Integer> expected = new HashMap<>();
    run(USUAL, "x", "first");
    for (int i = 0; i < 10_000; i++) {
      expected.put("marker-" + i, run(USUAL, "x", "marker-" + i).pid());
    }

    Map<String, Integer> listed = new HashMap<>();
    for (Event.Repetition repetition : repetitions()) {
      for (Event.Run run : repetition.runs()) {
        assertEquals(1, run.count());
        assertEquals("x", run.commandLine().getFirst());
        listed.put(run.commandLine().get(1), run.pid());
      }
    }

    assertEquals(expected, listed);
    assertEquals(1, inFull());
    assertEquals(1, looked);
    assertTrue(sent.size() < 50);
  }

  @Test
  void complete_longCommandLines_eventsStayWithinTheLimit() {
    for (int i = 0; i < 300; i++) {
      run(USUAL, "x", i + "\u20ac".repeat(600));
    }
    repetitions.flush();

    long runs = repetitions().stream().mapToLong(r -> r.runs().size()).sum();
    assertEquals(299, runs);
    sent.forEach(event -> assertTrue(EventCodec.encode(event).length < Limits.EVENT_BYTES));
  }

  @Test
  void complete_sameCommandLine_isOneRunWithItsCountAndItsNewestProcess() {
    run(USUAL, "x", "same");
    run(USUAL, "x", "same");
    ProcessId newest = run(USUAL, "x", "same");

    Event.Repetition repetition = repetitions().getFirst();

    assertEquals(2, repetition.count());
    assertEquals(1, repetition.runs().size());
    assertEquals(2, repetition.runs().getFirst().count());
    assertEquals(newest.pid(), repetition.runs().getFirst().pid());
    assertEquals(newest, repetition.lastProcess());
  }

  /** While its code was looked at, some file was written: it may have been this one. */
  @Test
  void complete_writtenWhileLookedAt_isLookedAtAgain() {
    clock.advance(Duration.ofSeconds(2));
    Exec exec =
        new Exec(
            false,
            new ProcessId(BOOT, 5, 7),
            SHELL,
            circumstances(USUAL),
            List.of("x"),
            false,
            "/",
            clock.instant());
    Executions.Begun begun = executions.begin(exec, clock.instant());
    codeVersion++;
    run(USUAL, "x");
    int before = looked;
    executions.complete(
        begun,
        new Inspection(
            new ContentHash.Known(Sha256.digest(new byte[0])), null, "/bin/x", file(USUAL)));

    run(USUAL, "x");

    assertEquals(before, looked, "the newer look counts");
    assertEquals(2, inFull());
  }

  @Test
  void complete_commandLineWithSecret_isMaskedInItsRun() {
    run(USUAL, "x", "--password=one");
    run(USUAL, "x", "--password=two");

    assertEquals(
        List.of("x", "--password=***"), repetitions().getFirst().runs().getFirst().commandLine());
  }

  @Test
  void complete_fileRewritten_isSentInFull() {
    run(USUAL, "x");
    run(new Variant(SHELL, 6, 1, "b"), "x");

    assertEquals(2, inFull());
  }

  @Test
  void complete_rewrittenWithoutAnyTraceInItsIdentity_isSentInFull() {
    run(USUAL, "x");
    codeVersion++;
    run(new Variant(SHELL, 5, 1, "b"), "x");

    assertEquals(2, inFull());
  }

  @Test
  void complete_otherParent_isSentInFullWithItsAncestry() {
    run(USUAL, "x");
    run(new Variant(EDITOR, 5, 1, "a"), "x");

    var second = assertInstanceOf(Event.Execution.class, sent.getLast().event());
    assertEquals("/bin/vi", second.ancestry().getFirst().executable());
    assertEquals(2, inFull());
  }

  @Test
  void complete_parentExecutedSomethingElse_isSentInFull() {
    run(USUAL, "x");
    table.executed(SHELL, null, new Image("/bin/bash", null), List.of("bash"), null);
    run(USUAL, "x");

    assertEquals(2, inFull());
  }

  @Test
  void complete_otherParentOfTheSameKind_isNamedAsTheNewest() {
    ProcessId other = new ProcessId(BOOT, 12, 1);
    table.executed(other, null, new Image("/bin/sh", null), List.of("sh -c x"), null);
    run(USUAL, "x");
    run(USUAL, "x");
    run(new Variant(other, 5, 1, "a"), "x");

    assertEquals(other, repetitions().getFirst().ancestry().getFirst().process());
  }

  @Test
  void complete_policyChanged_isDecidedAnew() {
    run(USUAL, "x");
    policyVersion = 2;
    run(USUAL, "x");

    var second = assertInstanceOf(Event.Execution.class, sent.getLast().event());
    assertEquals(2, second.decision() == null ? 0 : second.decision().policyVersion());
  }

  @Test
  void complete_otherMountNamespaceSameCode_isARepetition() {
    run(USUAL, "x");
    run(new Variant(SHELL, 5, 2, "a"), "x", "chrooted");

    assertEquals(
        List.of("x", "chrooted"), repetitions().getFirst().runs().getFirst().commandLine());
  }

  @Test
  void complete_afterASecond_isLookedAtAnew() {
    run(USUAL, "x");
    run(USUAL, "x");
    assertEquals(1, looked);

    clock.advance(Duration.ofSeconds(2));
    run(USUAL, "x");

    assertEquals(2, looked);
  }

  @Test
  void complete_ancestorsFoundMeanwhile_areThoseOfTheNewest() {
    run(USUAL, "x");
    table.executed(SHELL, EDITOR, new Image("/bin/sh", null), List.of("sh"), null);
    run(USUAL, "x");

    assertEquals(2, repetitions().getFirst().ancestry().size());
  }

  @Test
  void complete_detailShed_countsOnlyAndSaysSo() {
    run(USUAL, "x", "first");
    detail.set(Detail.COUNTS);
    run(USUAL, "x", "second");
    run(USUAL, "x", "third");

    Event.Repetition repetition = repetitions().getFirst();

    assertEquals(2, repetition.count());
    assertEquals(List.of(), repetition.runs());
    assertEquals(2, executions.takeShed());
    assertEquals(0, executions.takeShed());
  }
}
