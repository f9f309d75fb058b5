package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Baseline;
import io.exonward.common.policy.CodeFacts;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Evaluator;
import io.exonward.common.policy.Fact;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.policy.Policy;
import io.exonward.common.policy.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judges code by the policy of a group, many pieces with one look into the stores. Code that
 * differs in nothing is judged once. Thread-safe.
 */
public final class PolicyDecider {
  private final RuleStore rules;
  private final BaselineStore baselines;
  private final Clock clock;
  private final Map<String, KnownRules> cache = new ConcurrentHashMap<>();

  /** A group's rules as of one version of its policy; the evaluator looks at their expiry. */
  private record KnownRules(long version, List<Rule> rules) {}

  public PolicyDecider(RuleStore rules, BaselineStore baselines, Clock clock) {
    this.rules = rules;
    this.baselines = baselines;
    this.clock = clock;
  }

  /** One decision for each of {@code code}, in the same order. */
  public List<Decision> decide(HostGroup group, List<CodeFacts> code) {
    if (code.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    Policy policy =
        new Policy(
            group.name(),
            group.policyVersion(),
            group.mode(),
            activeRules(group, now),
            lookUp(group.name(), code));
    Map<CodeFacts, Decision> judged = new HashMap<>();
    return code.stream()
        .map(facts -> judged.computeIfAbsent(facts, it -> Evaluator.evaluate(policy, it, now)))
        .toList();
  }

  /** Read after the version that they are kept under: at worst they are newer, and read again. */
  private List<Rule> activeRules(HostGroup group, Instant now) {
    KnownRules known = cache.get(group.name());
    if (known != null && known.version() == group.policyVersion()) {
      return known.rules();
    }
    List<Rule> active = rules.listActive(group.name(), now);
    cache.put(group.name(), new KnownRules(group.policyVersion(), active));
    return active;
  }

  private KnownParts lookUp(String group, List<CodeFacts> code) {
    Set<Sha256> contents = new HashSet<>();
    Set<PackageRef> owners = new HashSet<>();
    for (CodeFacts facts : code) {
      if (facts.sha256() instanceof Fact.Known<Sha256>(var sha256)) {
        contents.add(sha256);
      }
      if (facts.owner() instanceof Fact.Known<PackageRef>(var owner)) {
        owners.add(owner);
      }
    }
    return new KnownParts(
        baselines.findCode(group, contents), baselines.findPackages(group, owners));
  }

  /** The baseline as far as one batch asks for it: what is not here is not in it. */
  private record KnownParts(Set<Sha256> contents, Set<PackageRef> owners) implements Baseline {
    @Override
    public Membership contains(Sha256 sha256) {
      return contents.contains(sha256) ? Membership.YES : Membership.NO;
    }

    @Override
    public Membership contains(PackageRef owner) {
      return owners.contains(owner) ? Membership.YES : Membership.NO;
    }
  }
}
