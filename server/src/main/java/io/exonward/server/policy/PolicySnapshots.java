package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.util.List;

/** Policies as agents get them. Thread-safe. */
public final class PolicySnapshots {
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
   */
  public PolicySnapshot read(String name) {
    return transactions.call(() -> {
      HostGroup group = groups.read(name);
      boolean isFrozen = group.mode() != Mode.LEARN;
      List<Sha256> code =
          isFrozen ? baselines.listCode(name, PolicySnapshot.MAX_CODE + 1) : List.of();
      List<PackageRef> packages =
          isFrozen ? baselines.listPackages(name, PolicySnapshot.MAX_PACKAGES + 1) : List.of();
      boolean isWhole =
          isFrozen
              && code.size() <= PolicySnapshot.MAX_CODE
              && packages.size() <= PolicySnapshot.MAX_PACKAGES;
      return new PolicySnapshot(
          name,
          group.policyVersion(),
          group.mode(),
          rules.listActive(name, clock.instant()),
          isWhole ? code : List.of(),
          isWhole ? packages : List.of(),
          isWhole);
    });
  }
}
