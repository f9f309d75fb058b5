package io.exonward.server.policy;

import io.exonward.common.policy.CompactBaseline;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.Policy;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Policies as agents get them. Thread-safe. */
public final class PolicySnapshots {
  // policy.proto, Policy
  private static final int MAX_CODE = 65_536;
  private static final int MAX_PACKAGES = 20_000;

  private final Groups groups;
  private final RuleStore rules;
  private final BaselineStore baselines;
  private final Transactions transactions;
  private final Clock clock;

  public PolicySnapshots(
      Groups groups,
      RuleStore rules,
      BaselineStore baselines,
      Transactions transactions,
      Clock clock) {
    this.groups = groups;
    this.rules = rules;
    this.baselines = baselines;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * The group's policy now. A baseline that still grows, or is too large, is not sent: agents then
   * leave the question to the server.
   *
   * @throws RefusedException if there is no such group
   */
  public PolicySnapshot read(String name) {
    return transactions.call(() -> {
      HostGroup group = groups.read(name);
      CompactBaseline baseline = readBaseline(group);
      Policy policy =
          new Policy(
              name,
              group.policyVersion(),
              group.mode(),
              rules.listActive(name, clock.instant()),
              baseline);
      return new PolicySnapshot(policy, baseline);
    });
  }

  /**
   * The same, unless the group's version is the one that an agent holds already.
   *
   * @param held 0: none
   */
  public Optional<PolicySnapshot> readUnless(String name, long held) {
    return groups.read(name).policyVersion() == held ? Optional.empty() : Optional.of(read(name));
  }

  private CompactBaseline readBaseline(HostGroup group) {
    boolean isSendable =
        group.mode() != Mode.LEARN
            && baselines.countCode(group.name()) <= MAX_CODE
            && baselines.countPackages(group.name()) <= MAX_PACKAGES;
    return isSendable
        ? CompactBaseline.of(
            baselines.listCode(group.name(), MAX_CODE),
            baselines.listPackages(group.name(), MAX_PACKAGES),
            true)
        : CompactBaseline.of(List.of(), List.of(), false);
  }
}
