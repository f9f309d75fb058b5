package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Rule;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps rules. Every method takes part in the surrounding transaction. */
public interface RuleStore {
  /** Adds a rule and gives it its number. */
  GroupRule insert(NewRule rule, Instant createdAt);

  Optional<GroupRule> find(long id);

  void delete(long id);

  /** Newest first; null: of all groups. */
  Page<GroupRule> list(@Nullable String group, PageRequest page);

  /** Rules of any group about exactly this content, newest first, at most 500. */
  List<GroupRule> listNaming(Sha256 sha256);

  /** What counts in a group at {@code now}. */
  List<Rule> listActive(String group, Instant now);

  int countActive(String group, Instant now);
}
