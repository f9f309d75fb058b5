package io.exonward.server.alert;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Selector;
import io.exonward.server.alert.AlertHistory.Action;
import io.exonward.server.alert.AlertStore.Settlement;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.policy.GroupRule;
import io.exonward.server.policy.NewRule;
import io.exonward.server.policy.Rules;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people decide about alerts. Each decision is one transaction. Thread-safe. */
public final class Triage {
  private final AlertStore store;
  private final Alerts alerts;
  private final Rules rules;
  private final Transactions transactions;
  private final Clock clock;

  public Triage(
      AlertStore store, Alerts alerts, Rules rules, Transactions transactions, Clock clock) {
    this.store = store;
    this.alerts = alerts;
    this.rules = rules;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes an alert into work.
   *
   * @throws RefusedException if there is none of that number, or it is resolved
   */
  public Alert start(long id, String actor) {
    return transactions.call(() -> {
      Alert alert = lockOpen(id);
      Settlement inWork =
          new Settlement(
              AlertStatus.IN_PROGRESS, null, null, actor, alert.reopened(), alert.ruleId());
      return settle(id, inWork, new AlertHistory(clock.instant(), actor, Action.STARTED, null));
    });
  }

  /**
   * Settles an alert.
   *
   * @throws RefusedException if there is none of that number, or it is resolved already
   */
  public Alert resolve(long id, String actor, Verdict verdict, String reason) {
    return transactions.call(() -> {
      Alert alert = lockOpen(id);
      Settlement settlement = resolved(alert, actor, verdict, reason, null);
      return settle(
          id, settlement, new AlertHistory(clock.instant(), actor, Action.RESOLVED, reason));
    });
  }

  /**
   * Writes the smallest rule that allows the code, and resolves the alert as benign. A denial that
   * was decided on this alert is taken back; one that was not stands, and beats what would be
   * written.
   *
   * @param expiresAt of the rule; null: never
   * @throws RefusedException if there is none of that number, it is resolved already, no rule can
   *     name what it is about, or another rule denies it
   */
  public AlertDecision allow(long id, String actor, String reason, @Nullable Instant expiresAt) {
    return transactions.call(() -> {
      Alert alert = lockOpen(id);
      Selector selector =
          switch (propose(alert)) {
            case AllowProposal.Possible(var possible) -> possible;
            case AllowProposal.Refused(var refusal) ->
                throw new RefusedException(Kind.NOT_ACCEPTABLE, refusal);
          };
      takeBackDenial(alert);
      GroupRule rule = addRule(alert, Effect.ALLOW, selector, actor, reason, expiresAt);
      Settlement settlement = resolved(alert, actor, Verdict.BENIGN, reason, rule.rule().id());
      return new AlertDecision(
          settle(id, settlement, new AlertHistory(clock.instant(), actor, Action.ALLOWED, reason)),
          rule);
    });
  }

  /**
   * Writes a rule that denies the code wherever it comes from, and resolves the alert as
   * true_positive.
   *
   * @param expiresAt of the rule; null: never
   * @throws RefusedException as for {@link #allow}
   */
  public AlertDecision deny(long id, String actor, String reason, @Nullable Instant expiresAt) {
    return transactions.call(() -> {
      Alert alert = lockOpen(id);
      Sha256 sha256 = alert.sha256();
      if (sha256 == null) {
        throw new RefusedException(Kind.NOT_ACCEPTABLE, refusal(alert, "deny"));
      }
      Selector selector = Selector.ofSha256(sha256);
      GroupRule rule = addRule(alert, Effect.DENY, selector, actor, reason, expiresAt);
      Settlement settlement =
          resolved(alert, actor, Verdict.TRUE_POSITIVE, reason, rule.rule().id());
      return new AlertDecision(
          settle(id, settlement, new AlertHistory(clock.instant(), actor, Action.DENIED, reason)),
          rule);
    });
  }

  private void takeBackDenial(Alert alert) {
    Sha256 sha256 = Objects.requireNonNull(alert.sha256(), "only known content can be allowed");
    for (GroupRule denial : rules.listNaming(sha256)) {
      if (denial.rule().effect() != Effect.DENY
          || !denial.group().equals(alert.group())
          || !denial.rule().isActive(clock.instant())) {
        continue;
      }
      if (!Objects.equals(denial.alertId(), alert.id())) {
        throw new RefusedException(
            Kind.CONFLICT,
            "rule "
                + denial.rule().id()
                + " denies this code, and deny beats allow: remove it first");
      }
      rules.remove(denial.rule().id());
    }
  }

  /** What allowing the alert's code would write. */
  static AllowProposal propose(Alert alert) {
    Sha256 sha256 = alert.sha256();
    if (sha256 == null) {
      return new AllowProposal.Refused(refusal(alert, "allow"));
    }
    boolean isFile = alert.origin() == null || alert.origin().isFile();
    return new AllowProposal.Possible(
        new Selector(sha256, null, null, isFile ? null : alert.origin()));
  }

  private static String refusal(Alert alert, String verb) {
    return alert.origin() == null
        ? "this alert is not about code: resolve it instead"
        : "the content of this code is not known, so that no rule can "
            + verb
            + " exactly it: resolve the alert instead, or write a rule for its path";
  }

  private Alert lockOpen(long id) {
    Alert alert = store.lock(id).orElseThrow(() -> RefusedException.notFound("alert", id));
    if (alert.status() == AlertStatus.RESOLVED) {
      throw new RefusedException(Kind.CONFLICT, "the alert is resolved already");
    }
    return alert;
  }

  private GroupRule addRule(
      Alert alert,
      Effect effect,
      Selector selector,
      String actor,
      String reason,
      @Nullable Instant expiresAt) {
    return rules.add(
        new NewRule(alert.group(), effect, selector, reason, actor, expiresAt, alert.id()));
  }

  private static Settlement resolved(
      Alert alert, String actor, Verdict verdict, String reason, @Nullable Long ruleId) {
    return new Settlement(AlertStatus.RESOLVED, verdict, reason, actor, alert.reopened(), ruleId);
  }

  private Alert settle(long id, Settlement settlement, AlertHistory step) {
    store.settle(id, settlement);
    store.addHistory(id, step);
    alerts.publish(id);
    return store.find(id).orElseThrow(() -> RefusedException.notFound("alert", id));
  }
}
