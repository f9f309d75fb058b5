package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What groups learned. Thread-safe. */
public final class Baselines {
  private static final Duration NEWS = Duration.ofHours(1);

  private final BaselineStore store;
  private final Groups groups;
  private final Clock clock;

  public Baselines(BaselineStore store, Groups groups, Clock clock) {
    this.store = store;
    this.groups = groups;
    this.clock = clock;
  }

  /**
   * State of a group's baseline.
   *
   * @throws RefusedException if there is no such group
   */
  public BaselineSummary read(String group) {
    return new BaselineSummary(
        groups.read(group),
        store.countCode(group),
        store.countPackages(group),
        store.countCodeSince(group, clock.instant().minus(NEWS)));
  }

  /** Newest first. */
  public Page<BaselineEntry> list(String group, PageRequest page) {
    return store.list(group, page);
  }

  /** Groups whose baseline holds this content, by name. */
  public List<String> groupsHolding(Sha256 sha256) {
    return store.groupsHolding(sha256);
  }
}
