package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators allowed and denied. Each change raises the group's version. Thread-safe. */
public final class Rules {
  /** Most rules that count in one group. */
  public static final int MAX_RULES = 10_000;

  private final RuleStore store;
  private final Groups groups;
  private final Transactions transactions;
  private final Clock clock;

  public Rules(RuleStore store, Groups groups, Transactions transactions, Clock clock) {
    this.store = store;
    this.groups = groups;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Adds a rule.
   *
   * @throws RefusedException if there is no such group, it is full, or the rule has expired
   */
  public GroupRule add(NewRule rule) {
    Instant now = clock.instant();
    if (rule.expiresAt() != null && !rule.expiresAt().isAfter(now)) {
      throw new RefusedException(Kind.NOT_ACCEPTABLE, "the rule would have expired already");
    }
    return transactions.call(() -> {
      groups.read(rule.group());
      groups.touch(rule.group());
      if (store.countActive(rule.group(), now) >= MAX_RULES) {
        throw new RefusedException(
            Kind.NOT_ACCEPTABLE,
            "the group " + rule.group() + " has 10000 rules, which is the most: remove some");
      }
      return store.insert(rule, now);
    });
  }

  /**
   * Removes a rule and returns what it was.
   *
   * @throws RefusedException if there is none of that number
   */
  public GroupRule remove(long id) {
    return transactions.call(() -> {
      GroupRule rule = store.find(id).orElseThrow(() -> RefusedException.notFound("rule", id));
      groups.touch(rule.group());
      store.delete(id);
      return rule;
    });
  }

  /** Newest first; null: of all groups. */
  public Page<GroupRule> list(@Nullable String group, PageRequest page) {
    return store.list(group, page);
  }

  /** Rules of any group about exactly this content, newest first, at most 500. */
  public List<GroupRule> listNaming(Sha256 sha256) {
    return store.listNaming(sha256);
  }
}
