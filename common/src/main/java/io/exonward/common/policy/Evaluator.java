package io.exonward.common.policy;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Baseline.Membership;
import io.exonward.common.policy.Decision.Outcome;
import io.exonward.common.policy.Decision.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one evaluator, for agent, server and simulation.
 *
 * <p>Levels, the first that answers decides: rules by content, rules by package, rules by path, the
 * baseline. A conjunction is as specific as its most specific part plus one. On one level deny
 * beats allow; the order of rules never matters, the lower id is named when several agree. A rule
 * that might match but for a fact that is not yet known makes the decision pending, unless a level
 * above has already answered. Code without a file is never covered by the baseline, nor by an allow
 * rule that does not name its kind of memory.
 *
 * <p>Cost: one pass over the rules, no allocation but the answer. Thread-safe, stateless.
 */
public final class Evaluator {
  private Evaluator() {}

  private enum Match {
    NO,
    MAYBE,
    YES
  }

  /** What {@code policy} says of {@code code} at {@code now}. */
  public static Decision evaluate(Policy policy, CodeFacts code, Instant now) {
    Rule best = null;
    int bestLevel = 0;
    int pendingLevel = 0;
    for (Rule rule : policy.rules()) {
      if (!rule.isActive(now)) {
        continue;
      }
      int level = specificity(rule.selector());
      switch (match(rule, code)) {
        case NO -> {}
        case MAYBE -> pendingLevel = Math.max(pendingLevel, level);
        case YES -> {
          if (best == null || beats(rule, level, best, bestLevel)) {
            best = rule;
            bestLevel = level;
          }
        }
      }
    }
    boolean isPending =
        pendingLevel > bestLevel
            || (best != null && pendingLevel == bestLevel && best.effect() == Effect.ALLOW);
    if (isPending) {
      return answer(policy, Outcome.PENDING, Reason.FACT_MISSING, null);
    }
    if (best != null) {
      Outcome outcome = best.effect() == Effect.DENY ? Outcome.DENY : Outcome.ALLOW;
      return answer(policy, outcome, Reason.RULE, best.id());
    }
    return byBaseline(policy, code);
  }

  private static Decision byBaseline(Policy policy, CodeFacts code) {
    if (!code.origin().isFile()) {
      return answer(policy, Outcome.UNKNOWN, Reason.NO_FILE, null);
    }
    Membership content =
        switch (code.sha256()) {
          case Fact.Known<Sha256>(var sha256) -> policy.baseline().contains(sha256);
          case Fact.Absent<Sha256> _ -> Membership.NO;
          case Fact.NotYetKnown<Sha256> _ -> Membership.UNKNOWN;
        };
    if (content == Membership.YES) {
      return answer(policy, Outcome.ALLOW, Reason.BASELINE, null);
    }
    Membership owner =
        switch (code.owner()) {
          case Fact.Known<PackageRef>(var ref) -> policy.baseline().contains(ref);
          case Fact.Absent<PackageRef> _ -> Membership.NO;
          case Fact.NotYetKnown<PackageRef> _ -> Membership.UNKNOWN;
        };
    if (owner == Membership.YES) {
      return answer(policy, Outcome.ALLOW, Reason.BASELINE_PACKAGE, null);
    }
    return content == Membership.UNKNOWN || owner == Membership.UNKNOWN
        ? answer(policy, Outcome.PENDING, Reason.FACT_MISSING, null)
        : answer(policy, Outcome.UNKNOWN, Reason.NO_TRUST, null);
  }

  private static Decision answer(
      Policy policy, Outcome outcome, Reason reason, @Nullable Long ruleId) {
    return new Decision(outcome, reason, ruleId, policy.mode(), policy.version());
  }

  private static boolean beats(Rule rule, int level, Rule best, int bestLevel) {
    if (level != bestLevel) {
      return level > bestLevel;
    }
    if (rule.effect() != best.effect()) {
      return rule.effect() == Effect.DENY;
    }
    return rule.id() < best.id();
  }

  private static int specificity(Selector selector) {
    int parts = 0;
    int level = 0;
    if (selector.path() != null) {
      parts++;
      level = selector.path().endsWith("/") ? 10 : 20;
    }
    if (selector.packageName() != null) {
      parts++;
      level = 30;
    }
    if (selector.memory() != null) {
      parts++;
      level = 40;
    }
    if (selector.sha256() != null) {
      parts++;
      level = 50;
    }
    return parts > 1 ? level + 1 : level;
  }

  private static Match match(Rule rule, CodeFacts code) {
    Selector selector = rule.selector();
    if (!coversOrigin(rule, code.origin())) {
      return Match.NO;
    }
    Match content = matches(selector.sha256(), code.sha256(), Object::equals);
    Match owner =
        matches(selector.packageName(), code.owner(), (name, ref) -> ref.name().equals(name));
    Match path = matches(selector.path(), code.path(), Evaluator::covers);
    if (content == Match.NO || owner == Match.NO || path == Match.NO) {
      return Match.NO;
    }
    return content == Match.MAYBE || owner == Match.MAYBE || path == Match.MAYBE
        ? Match.MAYBE
        : Match.YES;
  }

  private static boolean coversOrigin(Rule rule, CodeOrigin origin) {
    CodeOrigin memory = rule.selector().memory();
    if (memory != null) {
      return memory == origin;
    }
    return origin.isFile() || rule.effect() == Effect.DENY;
  }

  private static boolean covers(String rulePath, String path) {
    return rulePath.endsWith("/") ? path.startsWith(rulePath) : path.equals(rulePath);
  }

  private interface Condition<C, T> {
    boolean holds(C wanted, T actual);
  }

  private static <C, T> Match matches(
      @Nullable C wanted, Fact<T> actual, Condition<C, T> condition) {
    if (wanted == null) {
      return Match.YES;
    }
    return switch (actual) {
      case Fact.Known<T>(var value) -> condition.holds(wanted, value) ? Match.YES : Match.NO;
      case Fact.Absent<T> _ -> Match.NO;
      case Fact.NotYetKnown<T> _ -> Match.MAYBE;
    };
  }
}
