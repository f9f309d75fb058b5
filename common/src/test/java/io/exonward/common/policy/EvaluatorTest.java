package io.exonward.common.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision.Outcome;
import io.exonward.common.policy.Decision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Sha256 HASH = Sha256.digest(new byte[] {1});
  private static final PackageRef NGINX = new PackageRef("dpkg", "nginx", "1.26", "amd64");
  private static final Selector BY_HASH = Selector.ofSha256(HASH);
  private static final Selector BY_PACKAGE = new Selector(null, "nginx", null, null);
  private static final Selector BY_FILE = new Selector(null, null, "/usr/sbin/nginx", null);
  private static final Selector BY_DIRECTORY = new Selector(null, null, "/usr/", null);
  private static final CodeFacts KNOWN =
      new CodeFacts(
          CodeOrigin.FILE,
          new Fact.Known<>(HASH),
          new Fact.Known<>(NGINX),
          new Fact.Known<>("/usr/sbin/nginx"));
  private static final CodeFacts HASH_PENDING =
      new CodeFacts(CodeOrigin.FILE, new Fact.NotYetKnown<>(), KNOWN.owner(), KNOWN.path());

  @Test
  void evaluate_noRuleNoBaseline_isUnknown() {
    assertDecision(Outcome.UNKNOWN, Reason.NO_TRUST, evaluate(KNOWN));
  }

  @Test
  void evaluate_allowByHash_beatsDenyOfThePackage() {
    Decision decision = evaluate(KNOWN, deny(1, BY_PACKAGE), allow(2, BY_HASH));

    assertEquals(new Decision(Outcome.ALLOW, Reason.RULE, 2L, Mode.MONITOR, 4), decision);
  }

  @Test
  void evaluate_packageThenFileThenDirectory_mostSpecificWins() {
    assertEquals(Outcome.DENY, evaluate(KNOWN, deny(1, BY_PACKAGE), allow(2, BY_FILE)).outcome());
    assertEquals(Outcome.DENY, evaluate(KNOWN, allow(1, BY_DIRECTORY), deny(2, BY_FILE)).outcome());
  }

  @Test
  void evaluate_conjunction_isAboveItsMostSpecificPart() {
    Selector both = new Selector(null, "nginx", "/usr/", null);

    assertEquals(Outcome.ALLOW, evaluate(KNOWN, deny(1, BY_PACKAGE), allow(2, both)).outcome());
  }

  @Test
  void evaluate_conjunctionWithOneFalsePart_doesNotMatch() {
    Selector both = new Selector(null, "nginx", "/opt/", null);

    assertDecision(Outcome.UNKNOWN, Reason.NO_TRUST, evaluate(KNOWN, allow(1, both)));
  }

  @Test
  void evaluate_directoryRule_needsTheWholeName() {
    Selector sibling = new Selector(null, null, "/usr/sb/", null);

    assertDecision(Outcome.UNKNOWN, Reason.NO_TRUST, evaluate(KNOWN, allow(1, sibling)));
  }

  @Test
  void evaluate_hashPendingAndHashRule_isPending() {
    assertDecision(Outcome.PENDING, Reason.FACT_MISSING, evaluate(HASH_PENDING, deny(1, BY_HASH)));
    assertDecision(
        Outcome.PENDING,
        Reason.FACT_MISSING,
        evaluate(HASH_PENDING, allow(1, BY_PACKAGE), deny(2, BY_HASH)));
  }

  @Test
  void evaluate_lowerRuleIsPending_higherAnswers() {
    CodeFacts ownerPending =
        new CodeFacts(CodeOrigin.FILE, KNOWN.sha256(), new Fact.NotYetKnown<>(), KNOWN.path());

    Decision decision = evaluate(ownerPending, allow(1, BY_HASH), deny(2, BY_PACKAGE));

    assertEquals(Outcome.ALLOW, decision.outcome());
  }

  @Test
  void evaluate_sameLevelIsPending_denyStandsAllowDoesNot() {
    CodeFacts ownerPending =
        new CodeFacts(CodeOrigin.FILE, KNOWN.sha256(), new Fact.NotYetKnown<>(), KNOWN.path());
    Selector known = new Selector(HASH, null, "/usr/", null);
    Selector pending = new Selector(HASH, "nginx", null, null);

    assertEquals(Outcome.DENY, evaluate(ownerPending, deny(1, known), allow(2, pending)).outcome());
    assertEquals(
        Outcome.PENDING, evaluate(ownerPending, allow(1, known), deny(2, pending)).outcome());
  }

  @Test
  void evaluate_hashAbsent_hashRulesDoNotMatch() {
    CodeFacts noHash =
        new CodeFacts(CodeOrigin.FILE, new Fact.Absent<>(), KNOWN.owner(), KNOWN.path());

    assertDecision(Outcome.UNKNOWN, Reason.NO_TRUST, evaluate(noHash, allow(1, BY_HASH)));
  }

  @Test
  void evaluate_baseline_knowsContentAndPackage() {
    Baseline byContent = CompactBaseline.of(Set.of(HASH), Set.of(), true);
    Baseline byPackage = CompactBaseline.of(Set.of(), Set.of(NGINX), true);

    assertDecision(Outcome.ALLOW, Reason.BASELINE, evaluate(byContent, KNOWN));
    assertDecision(Outcome.ALLOW, Reason.BASELINE_PACKAGE, evaluate(byPackage, KNOWN));
  }

  @Test
  void evaluate_otherVersionOfABaselinePackage_isUnknown() {
    PackageRef older = new PackageRef("dpkg", "nginx", "1.25", "amd64");
    Baseline baseline = CompactBaseline.of(Set.of(), Set.of(older), true);

    assertDecision(Outcome.UNKNOWN, Reason.NO_TRUST, evaluate(baseline, KNOWN));
  }

  @Test
  void evaluate_incompleteBaseline_isPending() {
    Baseline incomplete = CompactBaseline.of(Set.of(), Set.of(), false);

    assertDecision(Outcome.PENDING, Reason.FACT_MISSING, evaluate(incomplete, KNOWN));
  }

  @Test
  void evaluate_memfd_needsARuleThatNamesIt() {
    CodeFacts memfd =
        new CodeFacts(CodeOrigin.MEMFD, KNOWN.sha256(), new Fact.Absent<>(), new Fact.Absent<>());
    Selector named = new Selector(HASH, null, null, CodeOrigin.MEMFD);
    Selector otherKind = new Selector(HASH, null, null, CodeOrigin.DELETED);

    assertDecision(Outcome.UNKNOWN, Reason.NO_FILE, evaluate(memfd, allow(1, BY_HASH)));
    assertDecision(Outcome.UNKNOWN, Reason.NO_FILE, evaluate(memfd, allow(1, otherKind)));
    assertDecision(Outcome.ALLOW, Reason.RULE, evaluate(memfd, allow(1, named)));
    assertDecision(Outcome.DENY, Reason.RULE, evaluate(memfd, deny(1, BY_HASH)));
  }

  @Test
  void evaluate_severalRulesAgree_namesTheLowestId() {
    assertEquals(
        2L, evaluate(KNOWN, allow(7, BY_HASH), allow(2, BY_HASH), allow(5, BY_HASH)).ruleId());
  }

  @Test
  void evaluate_ruleExpiresNow_noLongerCounts() {
    Rule expired = new Rule(1, Effect.ALLOW, BY_HASH, NOW);
    Rule lastMoment = new Rule(1, Effect.ALLOW, BY_HASH, NOW.plusNanos(1));

    assertEquals(Outcome.UNKNOWN, evaluate(KNOWN, expired).outcome());
    assertEquals(Outcome.ALLOW, evaluate(KNOWN, lastMoment).outcome());
  }

  private static Decision evaluate(CodeFacts code, Rule... rules) {
    Policy policy = new Policy("web", 4, Mode.MONITOR, List.of(rules), CompactBaseline.empty());
    return Evaluator.evaluate(policy, code, NOW);
  }

  private static Decision evaluate(Baseline baseline, CodeFacts code) {
    return Evaluator.evaluate(new Policy("web", 4, Mode.MONITOR, List.of(), baseline), code, NOW);
  }

  private static void assertDecision(Outcome outcome, Reason reason, Decision actual) {
    assertEquals(outcome, actual.outcome());
    assertEquals(reason, actual.reason());
  }

  private static Rule allow(long id, Selector selector) {
    return new Rule(id, Effect.ALLOW, selector, null);
  }

  private static Rule deny(long id, Selector selector) {
    return new Rule(id, Effect.DENY, selector, null);
  }
}
