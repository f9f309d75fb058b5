package io.exonward.common.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A small world of two hashes, packages and paths, so that rules meet often. */
class EvaluatorPropertiesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private record Draft(Effect effect, Selector selector) {}

  @Provide
  Arbitrary<Selector> selectors() {
    return Combinators.combine(
            hashes().injectNull(0.6),
            Arbitraries.of("nginx", "bash").injectNull(0.6),
            Arbitraries.of("/usr/", "/usr/bin/", "/usr/bin/a", "/opt/b").injectNull(0.4),
            Arbitraries.of(CodeOrigin.MEMFD, CodeOrigin.DELETED).injectNull(0.7))
        .filter((hash, owner, path, _) -> hash != null || owner != null || path != null)
        .as(Selector::new);
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    return Combinators.combine(Arbitraries.of(Effect.class), selectors())
        .as(Draft::new)
        .list()
        .ofMaxSize(8)
        .map(drafts ->
            IntStream.range(0, drafts.size())
                .mapToObj(i -> new Rule(i + 1, drafts.get(i).effect, drafts.get(i).selector, null))
                .toList());
  }

  @Provide
  Arbitrary<CodeFacts> code() {
    Arbitrary<PackageRef> owners =
        Arbitraries.of("nginx", "bash").map(name -> new PackageRef("dpkg", name, "1", "amd64"));
    return Combinators.combine(
            Arbitraries.of(CodeOrigin.class),
            facts(hashes()),
            facts(owners),
            facts(Arbitraries.of("/usr/bin/a", "/opt/b")))
        .as(CodeFacts::new);
  }

  private static Arbitrary<Sha256> hashes() {
    return Arbitraries.of(new Sha256(0, 0, 0, 1), new Sha256(0, 0, 0, 2));
  }

  private static <T> Arbitrary<Fact<T>> facts(Arbitrary<T> values) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, values.map(Fact.Known<T>::new)),
        Tuple.of(1, Arbitraries.just(new Fact.Absent<T>())),
        Tuple.of(1, Arbitraries.just(new Fact.NotYetKnown<T>())));
  }

  @Property
  void evaluate_rulesInAnyOrder_sameDecision(
      @ForAll("rules") List<Rule> rules, @ForAll("code") CodeFacts code, @ForAll long seed) {
    List<Rule> shuffled = new ArrayList<>(rules);
    Collections.shuffle(shuffled, new Random(seed));

    assertEquals(evaluate(rules, code), evaluate(shuffled, code));
  }

  @Property
  void evaluate_expiredRuleAdded_sameDecision(
      @ForAll("rules") List<Rule> rules,
      @ForAll("code") CodeFacts code,
      @ForAll("selectors") Selector selector,
      @ForAll Effect effect) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(1000, effect, selector, NOW));

    assertEquals(evaluate(rules, code), evaluate(more, code));
  }

  @Property
  void evaluate_denyAddedOnTheLevelOfAnAllow_neverAllows(
      @ForAll("rules") List<Rule> rules, @ForAll("code") CodeFacts code) {
    Decision before = evaluate(rules, code);
    if (before.outcome() != Outcome.ALLOW || before.ruleId() == null) {
      return;
    }
    Rule allowing =
        rules.stream().filter(rule -> rule.id() == before.ruleId()).findFirst().orElseThrow();
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(1000, Effect.DENY, allowing.selector(), null));

    assertEquals(Outcome.DENY, evaluate(more, code).outcome());
  }

  @Property
  void evaluate_denyAdded_neverTurnsIntoAllow(
      @ForAll("rules") List<Rule> rules,
      @ForAll("code") CodeFacts code,
      @ForAll("selectors") Selector selector) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(1000, Effect.DENY, selector, null));

    if (evaluate(rules, code).outcome() != Outcome.ALLOW) {
      assertNotEquals(Outcome.ALLOW, evaluate(more, code).outcome());
    }
  }

  @Property
  void evaluate_codeWithoutFile_neverAllowedUnlessNamed(
      @ForAll("rules") List<Rule> rules, @ForAll("code") CodeFacts code) {
    List<Rule> plain =
        rules.stream().filter(rule -> rule.selector().memory() != code.origin()).toList();

    Decision decision = evaluate(plain, code);

    if (!code.origin().isFile()) {
      assertNotEquals(Outcome.ALLOW, decision.outcome());
    }
  }

  /** Learning the missing facts may settle a pending decision but never overturns a settled one. */
  @Property
  void evaluate_factsBecomeKnown_settledDecisionStands(
      @ForAll("rules") List<Rule> rules,
      @ForAll("code") CodeFacts before,
      @ForAll("code") CodeFacts later) {
    CodeFacts after =
        new CodeFacts(
            before.origin(),
            before.sha256() instanceof Fact.NotYetKnown ? later.sha256() : before.sha256(),
            before.owner() instanceof Fact.NotYetKnown ? later.owner() : before.owner(),
            before.path() instanceof Fact.NotYetKnown ? later.path() : before.path());

    Outcome settled = evaluate(rules, before).outcome();

    if (settled != Outcome.PENDING) {
      assertEquals(settled, evaluate(rules, after).outcome());
    }
  }

  private static Decision evaluate(List<Rule> rules, CodeFacts code) {
    Baseline baseline =
        CompactBaseline.of(
            Set.of(new Sha256(0, 0, 0, 1)),
            Set.of(new PackageRef("dpkg", "bash", "1", "amd64")),
            true);
    return Evaluator.evaluate(new Policy("web", 1, Mode.MONITOR, rules, baseline), code, NOW);
  }
}
